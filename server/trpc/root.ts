import { checkRouter } from "./routers/check.ts";
import { commentRouter } from "./routers/comment.ts";
import { contextRouter } from "./routers/context.ts";
import { generationRouter } from "./routers/generation.ts";
import { modelRouter } from "./routers/model.ts";
import { previewRouter } from "./routers/preview.ts";
import { projectRouter } from "./routers/project.ts";
import { reviewRouter } from "./routers/review.ts";
import { runRouter } from "./routers/run.ts";
import { sandboxRouter } from "./routers/sandbox.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  project: projectRouter,
  generation: generationRouter,
  run: runRouter,
  model: modelRouter,
  comment: commentRouter,
  review: reviewRouter,
  check: checkRouter,
  preview: previewRouter,
  sandbox: sandboxRouter,
  context: contextRouter,
});

export type AppRouter = typeof appRouter;
