import {
  previewInput,
  previewListInput,
  previewListOutput,
  previewOutput,
  previewScreenshotsOutput,
  previewStartInput,
} from "#lib/contracts/versions/preview.ts";
import { getPreview } from "#server/services/previews/get-preview.ts";
import { listProjectPreviews } from "#server/services/previews/list-project-previews.ts";
import { listProjectScreenshots } from "#server/services/previews/list-project-screenshots.ts";
import { startPreview } from "#server/services/previews/start-preview.ts";
import { stopPreview } from "#server/services/previews/stop-preview.ts";
import { procedure, router } from "../trpc.ts";

export const previewRouter = router({
  start: procedure
    .input(previewStartInput)
    .output(previewOutput)
    .mutation(({ ctx, input }) => startPreview({ ...ctx, input })),
  get: procedure
    .input(previewInput)
    .output(previewOutput)
    .query(({ ctx, input }) => getPreview({ ...ctx, previewId: input.previewId })),
  stop: procedure
    .input(previewInput)
    .output(previewOutput)
    .mutation(({ ctx, input }) => stopPreview({ ...ctx, previewId: input.previewId })),
  list: procedure
    .input(previewListInput)
    .output(previewListOutput)
    .query(({ ctx, input }) => listProjectPreviews({ ...ctx, projectId: input.projectId })),
  screenshots: procedure
    .input(previewListInput)
    .output(previewScreenshotsOutput)
    .query(({ ctx, input }) => listProjectScreenshots({ ...ctx, projectId: input.projectId })),
});
