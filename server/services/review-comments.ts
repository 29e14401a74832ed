import type { z } from "zod";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { commentAddInput, CommentWithFate, ReviewComment } from "#lib/contracts/review-comment.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { decideCommentFate } from "#server/core/diff/decide-comment-fate.ts";
import { splitLines } from "#server/core/diff/split-lines.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { getGeneration } from "#server/store/generations.ts";
import { loadGenerationTree } from "#server/store/load-generation-tree.ts";
import { createReviewComment } from "#server/store/review-comments.ts";
import { getRunRequest } from "#server/store/runs.ts";

type Service = { container: Container; ownerId: string };

/**
 * Notes a comment with the lines that it is about.
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND, INVALID_INPUT where the file has no such lines
 */
export async function addReviewComment({ container, ownerId, input }: Service & { input: z.infer<typeof commentAddInput> }): Promise<ReviewComment> {
  const { database } = container;
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId: input.side === "additions" ? input.generationId : input.againstGenerationId });
  const text = await readText({ container, tree, path: input.path });
  if (text === null) throw new AppError({ code: "FILE_NOT_FOUND", message: `There is no text ${input.path} to comment on.`, details: { path: input.path } });
  const lines = splitLines(text);
  if (input.lastLine > lines.length) throw new AppError({ code: "INVALID_INPUT", message: `${input.path} has ${lines.length} lines, so the comment has no place.` });
  const quote = lines.slice(input.firstLine - 1, input.lastLine).join("").replace(/\r?\n$/, "");
  return createReviewComment({ database, comment: { ...input, ownerId, quote } });
}

/**
 * The comments that a version was made with, each with what became of its lines.
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function listAnsweredComments({ container, ownerId, generationId }: Service & { generationId: GenerationId }): Promise<CommentWithFate[]> {
  const { database, treeObjects } = container;
  const { runId } = await getGeneration({ database, treeObjects, generationId, ownerId });
  const comments = runId === null ? [] : (await getRunRequest({ database, runId })).reviewComments;
  if (comments.length === 0) return [];
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  return Promise.all(
    comments.map(async (comment): Promise<CommentWithFate> => {
      const { path, side, firstLine, lastLine } = comment;
      const commented = await loadGenerationTree({ ...container, ownerId, generationId: side === "additions" ? comment.generationId : comment.againstGenerationId });
      const before = (await readText({ container, tree: commented.tree, path })) ?? "";
      const after = await readText({ container, tree, path });
      return { ...comment, fate: decideCommentFate({ before, after, firstLine, lastLine }) };
    }),
  );
}

async function readText({ container, tree, path }: { container: Container; tree: FileTree; path: FilePath }): Promise<string | null> {
  const hash = tree.get(path)?.contentHash;
  if (hash === undefined) return null;
  const bytes = (await loadBlobs({ transaction: container.database.prisma, hashes: [hash] })).get(hash);
  return bytes === undefined ? null : decodeText(bytes);
}
