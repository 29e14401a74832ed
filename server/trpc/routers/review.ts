import { viewedListInput, viewedSetInput } from "#lib/contracts/versions/viewed-file.ts";
import { listViewedFiles, setFileViewed } from "#server/services/comparisons/viewed-files.ts";
import { procedure, router } from "../trpc.ts";

export const reviewRouter = router({
  viewed: procedure.input(viewedListInput).query(({ ctx, input }) => listViewedFiles({ ...ctx, input })),
  setViewed: procedure.input(viewedSetInput).mutation(async ({ ctx, input }) => {
    await setFileViewed({ ...ctx, input });
    return input;
  }),
});
