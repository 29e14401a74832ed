import { contextPreviewInput } from "#lib/contracts/versions/generation.ts";
import { previewRunContext } from "#server/services/runs/submitting/preview-run-context.ts";
import { procedure, router } from "../trpc.ts";

export const contextRouter = router({
  preview: procedure.input(contextPreviewInput).query(({ ctx, input }) => previewRunContext({ ...ctx, input })),
});
