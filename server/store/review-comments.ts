import type { FilePath, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { DiffSide, ReviewComment, ReviewCommentId } from "#lib/contracts/review-comment.ts";
import { AppError } from "#lib/errors.ts";
import type { Database, Transaction } from "./database.ts";
import type { Prisma } from "./prisma-client/client.ts";

export type NewReviewComment = Omit<ReviewComment, "commentId" | "createdAt" | "isSent"> & { ownerId: string };

/** The comments on one version, in the order of their places. */
export async function listReviewComments({ database, ownerId, generationId }: { database: Database; ownerId: string; generationId: GenerationId }): Promise<ReviewComment[]> {
  const rows = await database.prisma.reviewComment.findMany({ where: { ownerId, generationId }, orderBy: [{ path: "asc" }, { firstLine: "asc" }, { id: "asc" }] });
  return rows.map(toComment);
}

export async function createReviewComment({ database, comment }: { database: Database; comment: NewReviewComment }): Promise<ReviewComment> {
  return toComment(await database.prisma.reviewComment.create({ data: comment }));
}

/** Takes back a comment that was not sent. @throws AppError COMMENT_NOT_FOUND */
export async function removeReviewComment({ database, ownerId, commentId }: { database: Database; ownerId: string; commentId: ReviewCommentId }): Promise<void> {
  const { count } = await database.prisma.reviewComment.deleteMany({ where: { id: commentId, ownerId, runId: null } });
  if (count === 0) throw commentNotFound([commentId]);
}

/**
 * The comments that are to go with a prompt. Their rows are locked, so that none goes twice.
 * @throws AppError COMMENT_NOT_FOUND where one is another's, on another project, or was sent
 */
export async function takeReviewComments({ transaction, ownerId, projectId, commentIds }: { transaction: Transaction; ownerId: string; projectId: ProjectId; commentIds: readonly ReviewCommentId[] }): Promise<ReviewComment[]> {
  if (commentIds.length === 0) return [];
  const wanted = [...new Set(commentIds)];
  const rows = await transaction.$queryRaw<Prisma.ReviewCommentGetPayload<object>[]>`
    SELECT c.* FROM "ReviewComment" c JOIN "Generation" g ON g.id = c."generationId"
    WHERE c.id = ANY(${wanted}) AND c."ownerId" = ${ownerId} AND g."projectId" = ${projectId} AND c."runId" IS NULL
    ORDER BY c.path, c."firstLine", c.id FOR UPDATE OF c`;
  const found = new Set(rows.map(({ id }) => id));
  const missing = wanted.filter((id) => !found.has(id));
  if (missing.length > 0) throw commentNotFound(missing);
  return rows.map(toComment);
}

/** A retry or a continuation carries comments that were sent before: those stay with the run that sent them. */
export async function markCommentsSent({ transaction, runId, comments }: { transaction: Transaction; runId: RunId; comments: readonly ReviewComment[] }): Promise<void> {
  if (comments.length === 0) return;
  await transaction.reviewComment.updateMany({ where: { id: { in: comments.map(({ commentId }) => commentId) }, runId: null }, data: { runId } });
}

function toComment(row: Prisma.ReviewCommentGetPayload<object>): ReviewComment {
  return {
    commentId: row.id,
    generationId: row.generationId as GenerationId,
    againstGenerationId: row.againstGenerationId as GenerationId,
    path: row.path as FilePath,
    side: row.side as DiffSide,
    firstLine: row.firstLine,
    lastLine: row.lastLine,
    quote: row.quote,
    body: row.body,
    createdAt: row.createdAt.toISOString(),
    isSent: row.runId !== null,
  };
}

function commentNotFound(commentIds: readonly ReviewCommentId[]): AppError {
  return new AppError({ code: "COMMENT_NOT_FOUND", message: "A review comment is not there any more, or was sent already. Nothing was changed. Load the page again.", details: { commentIds } });
}
