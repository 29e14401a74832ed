import type { FilePath, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { DiffSide, ReviewComment, ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import { AppError } from "#lib/errors.ts";
import type { Database, Transaction } from "./database.ts";
import { Prisma } from "./prisma-client/client.ts";

/**
 * Runs that ended without a version have not answered their comments, which may be sent again. A held run, and a run
 * that another one completed, keeps its comments.
 */
const unanswered = { status: { in: ["FAILED", "CANCELLED"] }, completedByRunId: null } satisfies Prisma.RunWhereInput;

/** The same condition in SQL for a comment `c`: not sent, or sent with such a run. */
const isOpen = Prisma.sql`(c."runId" IS NULL OR EXISTS (SELECT 1 FROM "Run" r WHERE r.id = c."runId" AND r.status IN ('FAILED', 'CANCELLED') AND r."completedByRunId" IS NULL))`;

type NewReviewComment = Omit<ReviewComment, "commentId" | "createdAt" | "isSent"> & {
  ownerId: string;
  commentId?: ReviewCommentId | undefined;
};

/** The comments on one version, sorted by position. */
export async function listReviewComments({
  database,
  ownerId,
  generationId,
}: {
  database: Database;
  ownerId: string;
  generationId: GenerationId;
}): Promise<ReviewComment[]> {
  const rows = await database.prisma.reviewComment.findMany({
    where: { ownerId, generationId },
    orderBy: [{ path: "asc" }, { firstLine: "asc" }, { id: "asc" }],
  });
  const unansweredIds = await findUnanswered({ database, runIds: rows.flatMap(({ runId }) => runId ?? []) });
  return rows.map((row) => toComment({ row, isSent: row.runId !== null && !unansweredIds.has(row.runId) }));
}

async function findUnanswered({
  database,
  runIds,
}: {
  database: Database;
  runIds: string[];
}): Promise<ReadonlySet<string>> {
  if (runIds.length === 0) return new Set();
  const runs = await database.prisma.run.findMany({
    where: { id: { in: [...new Set(runIds)] }, ...unanswered },
    select: { id: true },
  });
  return new Set(runs.map(({ id }) => id));
}

/**
 * If the owner has a comment with this id, replaces its text.
 *
 * @throws AppError COMMENT_NOT_FOUND if that comment was sent with another text, or belongs to another owner
 */
export async function createReviewComment({
  database,
  comment: { commentId, ...comment },
}: {
  database: Database;
  comment: NewReviewComment;
}): Promise<ReviewComment> {
  if (commentId === undefined)
    return toComment({ row: await database.prisma.reviewComment.create({ data: comment }), isSent: false });
  const { ownerId, body } = comment;
  await database.prisma.reviewComment.createMany({ data: [{ id: commentId, ...comment }], skipDuplicates: true });
  const row = await database.prisma.reviewComment.findFirst({ where: { id: commentId, ownerId, body } });
  return row === null
    ? editReviewComment({ database, ownerId, commentId, body })
    : toComment({ row, isSent: row.runId !== null });
}

/** Replaces the text of an unsent comment. @throws AppError COMMENT_NOT_FOUND */
export async function editReviewComment({
  database,
  ownerId,
  commentId,
  body,
}: {
  database: Database;
  ownerId: string;
  commentId: ReviewCommentId;
  body: string;
}): Promise<ReviewComment> {
  const [row] = await database.prisma.$queryRaw<Prisma.ReviewCommentGetPayload<object>[]>`
    UPDATE "ReviewComment" c SET body = ${body} WHERE c.id = ${commentId} AND c."ownerId" = ${ownerId} AND ${isOpen} RETURNING c.*`;
  if (row === undefined) throw commentNotFound([commentId]);
  return toComment({ row, isSent: false });
}

/** Deletes an unsent comment. @throws AppError COMMENT_NOT_FOUND */
export async function removeReviewComment({
  database,
  ownerId,
  commentId,
}: {
  database: Database;
  ownerId: string;
  commentId: ReviewCommentId;
}): Promise<void> {
  const count = await database.prisma
    .$executeRaw`DELETE FROM "ReviewComment" c WHERE c.id = ${commentId} AND c."ownerId" = ${ownerId} AND ${isOpen}`;
  if (count === 0) throw commentNotFound([commentId]);
}

/**
 * The comments to send with a prompt. Their rows are locked, so that none is sent twice.
 *
 * @throws AppError COMMENT_NOT_FOUND if one belongs to another owner or project, or was sent
 */
export async function takeReviewComments({
  transaction,
  ownerId,
  projectId,
  commentIds,
}: {
  transaction: Transaction;
  ownerId: string;
  projectId: ProjectId;
  commentIds: readonly ReviewCommentId[];
}): Promise<ReviewComment[]> {
  if (commentIds.length === 0) return [];
  const wanted = [...new Set(commentIds)];
  const rows = await transaction.$queryRaw<Prisma.ReviewCommentGetPayload<object>[]>`
    SELECT c.* FROM "ReviewComment" c JOIN "Generation" g ON g.id = c."generationId"
    WHERE c.id = ANY(${wanted}) AND c."ownerId" = ${ownerId} AND g."projectId" = ${projectId} AND ${isOpen}
    ORDER BY c.path, c."firstLine", c.id FOR UPDATE OF c`;
  const found = new Set(rows.map(({ id }) => id));
  const missing = wanted.filter((id) => !found.has(id));
  if (missing.length > 0) throw commentNotFound(missing);
  return rows.map((row) => toComment({ row, isSent: false }));
}

/**
 * A retry or a continuation takes over the comments of an earlier run, except those that another run has taken by now.
 */
export async function markCommentsSent({
  transaction,
  runId,
  comments,
}: {
  transaction: Transaction;
  runId: RunId;
  comments: readonly ReviewComment[];
}): Promise<void> {
  if (comments.length === 0) return;
  await transaction.$executeRaw`
    UPDATE "ReviewComment" c SET "runId" = ${runId} WHERE c.id = ANY(${comments.map(({ commentId }) => commentId)}) AND ${isOpen}`;
}

function toComment({ row, isSent }: { row: Prisma.ReviewCommentGetPayload<object>; isSent: boolean }): ReviewComment {
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
    isSent,
  };
}

function commentNotFound(commentIds: readonly ReviewCommentId[]): AppError {
  return new AppError({
    code: "COMMENT_NOT_FOUND",
    message: "A review comment is not there any more, or was sent already. Nothing was changed. Load the page again.",
    details: { commentIds },
  });
}
