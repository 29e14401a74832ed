import {
  commentAddInput,
  commentEditInput,
  commentListInput,
  commentRemoveInput,
} from "#lib/contracts/comparisons/review-comment.ts";
import { addReviewComment, listAnsweredComments } from "#server/services/comparisons/review-comments.ts";
import { editReviewComment, listReviewComments, removeReviewComment } from "#server/store/review-comments.ts";
import { procedure, router } from "../trpc.ts";

export const commentRouter = router({
  list: procedure
    .input(commentListInput)
    .query(({ ctx, input }) =>
      listReviewComments({ database: ctx.container.database, ownerId: ctx.ownerId, ...input }),
    ),
  answered: procedure.input(commentListInput).query(({ ctx, input }) => listAnsweredComments({ ...ctx, ...input })),
  add: procedure.input(commentAddInput).mutation(({ ctx, input }) => addReviewComment({ ...ctx, input })),
  edit: procedure
    .input(commentEditInput)
    .mutation(({ ctx, input }) =>
      editReviewComment({ database: ctx.container.database, ownerId: ctx.ownerId, ...input }),
    ),
  remove: procedure.input(commentRemoveInput).mutation(async ({ ctx, input }) => {
    await removeReviewComment({ database: ctx.container.database, ownerId: ctx.ownerId, ...input });
    return input;
  }),
});
