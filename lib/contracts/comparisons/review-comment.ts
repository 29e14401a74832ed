import { z } from "zod";
import { filePath, generationId, idOf, type FilePath, type GenerationId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

export const diffSide = z.enum(["additions", "deletions"]);
export type DiffSide = z.infer<typeof diffSide>;

const commentId = idOf({ noun: "comment", notFound: "COMMENT_NOT_FOUND" });
export type ReviewCommentId = string;

/**
 * A note of a person on lines of one side of a comparison: the version's own lines, or the lines of what it was
 * compared with.
 */
export type ReviewComment = {
  commentId: ReviewCommentId;
  generationId: GenerationId;
  againstGenerationId: GenerationId;
  path: FilePath;
  side: DiffSide;
  /** 1-based and inclusive, on that side. Both 0: the comment is on the file as a whole. */
  firstLine: number;
  lastLine: number;
  /** The lines as they stood; empty for a file as a whole. */
  quote: string;
  body: string;
  createdAt: string;
  /** It went to the model with a run that may still make a version, or made one. */
  isSent: boolean;
};

/** What became of the lines of a comment in the version that was made with it, computed from their texts alone. */
export type CommentFate = "touched" | "untouched" | "file-gone";

/** `newPath`: where the version has the commented file; null where it has none. */
export type CommentWithFate = ReviewComment & { fate: CommentFate; newPath: FilePath | null };

/** 0 for a file as a whole. No file has more lines than it may have bytes. */
const lineNumber = z.number().int().min(0).max(limits.binaryFileBytes);
const commentBody = text.trim().min(1, "Write a comment first.").max(10_000);

export const commentListInput = z.object({ generationId });
export const commentAddInput = z
  .object({
    /**
     * The id that the comment is to have, 128 random bits as hex. A second request with it adds no other: its words are
     * put in place of the first's.
     */
    commentId: text.regex(/^[\da-f]{32}$/).optional(),
    generationId,
    againstGenerationId: generationId,
    path: filePath,
    side: diffSide,
    firstLine: lineNumber,
    lastLine: lineNumber,
    body: commentBody,
  })
  .refine(
    ({ firstLine, lastLine }) =>
      firstLine === 0 ? lastLine === 0 : lastLine >= firstLine && lastLine - firstLine < 500,
    "A comment is on 1 to 500 lines, or on the file as a whole.",
  );
export const commentEditInput = z.object({ commentId, body: commentBody });
export const commentRemoveInput = z.object({ commentId });
export const commentIds = z.array(commentId).max(200);
