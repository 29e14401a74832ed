import type { z } from "zod";
import type { ContentHash, FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { isOnWholeFile } from "#lib/contracts/comparisons/on-whole-file.ts";
import type {
  commentAddInput,
  CommentFate,
  CommentWithFate,
  ReviewComment,
} from "#lib/contracts/comparisons/review-comment.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { decideCommentFate } from "#server/core/diff/decide-comment-fate.ts";
import { decideDeletionFate } from "#server/core/diff/decide-deletion-fate.ts";
import { splitLines } from "#server/core/diff/split-lines.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { getGeneration } from "#server/store/versions/generations.ts";
import { createReviewComment } from "#server/store/review-comments.ts";
import { getRunRequest } from "#server/store/runs/runs.ts";
import { loadComparison, type Comparison } from "./load-comparison.ts";

type Service = { container: Container; ownerId: string };

/**
 * Stores a comment with the lines that it is about. One on a whole file needs no lines, and so no text.
 *
 * @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND, INVALID_INPUT if the file does not have these lines
 */
export async function addReviewComment({
  container,
  ownerId,
  input,
}: Service & { input: z.infer<typeof commentAddInput> }): Promise<ReviewComment> {
  const { database } = container;
  const { base, head, changes } = await loadComparison({ container, ownerId, input });
  const { tree, path } =
    input.side === "additions"
      ? { tree: head.tree, path: input.path }
      : { tree: base.tree, path: findOldPath({ changes, path: input.path }) };
  if (isOnWholeFile(input)) {
    if (!tree.has(path))
      throw new AppError({
        code: "FILE_NOT_FOUND",
        message: `There is no file ${input.path} to comment on.`,
        details: { path: input.path },
      });
    return createReviewComment({ database, comment: { ...input, ownerId, quote: "" } });
  }
  const text = await readText({ container, tree, path });
  if (text === null)
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: `There is no text ${input.path} to comment on.`,
      details: { path: input.path },
    });
  const lines = splitLines(text);
  if (input.lastLine > lines.length)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${input.path} has ${lines.length} lines, so the comment has no place.`,
    });
  const quote = lines
    .slice(input.firstLine - 1, input.lastLine)
    .join("")
    .replace(/\r?\n$/, "");
  return createReviewComment({ database, comment: { ...input, ownerId, quote } });
}

/**
 * The comments that a version was made from, each with what happened to its lines and its file's current path.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function listAnsweredComments({
  container,
  ownerId,
  generationId,
}: Service & { generationId: GenerationId }): Promise<CommentWithFate[]> {
  const { database, treeObjects } = container;
  const { runId } = await getGeneration({ database, treeObjects, generationId, ownerId });
  const comments = runId === null ? [] : (await getRunRequest({ database, runId })).reviewComments;
  const compare = rememberComparisons({ container, ownerId });
  return Promise.all(
    comments.map(async (comment): Promise<CommentWithFate> => {
      const { path, side, firstLine, lastLine } = comment;
      const since = await compare({ generationId, againstGenerationId: comment.generationId });
      const newPath = since.changes.find(({ previousPath }) => previousPath === path)?.path ?? path;
      const answer = { ...comment, newPath: since.head.tree.has(newPath) ? newPath : null };
      if (isOnWholeFile(comment))
        return {
          ...answer,
          fate: decideFileFate({
            before: since.base.tree.get(path)?.contentHash,
            after: since.head.tree.get(newPath)?.contentHash,
          }),
        };
      const [commented, after] = await Promise.all([
        readText({ container, tree: since.base.tree, path }),
        readText({ container, tree: since.head.tree, path: newPath }),
      ]);
      if (side === "additions")
        return { ...answer, fate: decideCommentFate({ before: commented ?? "", after, firstLine, lastLine }) };
      const seen = await compare({
        generationId: comment.generationId,
        againstGenerationId: comment.againstGenerationId,
      });
      const base = await readText({
        container,
        tree: seen.base.tree,
        path: findOldPath({ changes: seen.changes, path }),
      });
      return { ...answer, fate: decideDeletionFate({ base: base ?? "", head: commented, after, firstLine, lastLine }) };
    }),
  );
}

/** For a whole file: touched if its content changed. A missing file is undefined. */
function decideFileFate({
  before,
  after,
}: {
  before: ContentHash | undefined;
  after: ContentHash | undefined;
}): CommentFate {
  if (before === after) return "untouched";
  return after === undefined ? "file-gone" : "touched";
}

/** The path on the base side of the file shown under a path. */
function findOldPath({ changes, path }: { changes: Comparison["changes"]; path: FilePath }): FilePath {
  return changes.find((change) => change.path === path)?.previousPath ?? path;
}

type Versions = { generationId: GenerationId; againstGenerationId: GenerationId };

/** Many comments belong to one comparison. */
function rememberComparisons({ container, ownerId }: Service): (versions: Versions) => Promise<Comparison> {
  const loads = new Map<string, Promise<Comparison>>();
  return (versions) => {
    const key = `${versions.againstGenerationId} ${versions.generationId}`;
    const load = loads.get(key) ?? loadComparison({ container, ownerId, input: versions });
    loads.set(key, load);
    return load;
  };
}

async function readText({
  container,
  tree,
  path,
}: {
  container: Container;
  tree: FileTree;
  path: FilePath;
}): Promise<string | null> {
  const hash = tree.get(path)?.contentHash;
  if (hash === undefined) return null;
  const bytes = (await loadBlobs({ transaction: container.database.prisma, hashes: [hash] })).get(hash);
  return bytes === undefined ? null : decodeText(bytes);
}
