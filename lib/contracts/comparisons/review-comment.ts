import { z } from "zod";
import { filePath, generationId, idOf, type FilePath, type GenerationId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

const diffSide = z.enum(["additions", "deletions"]);
export type DiffSide = z.infer<typeof diffSide>;

const commentId = idOf({ noun: "comment", notFound: "COMMENT_NOT_FOUND" });
export type ReviewCommentId = string;

/** A user's comment on lines of one side of a comparison: the version's own lines, or those of its base. */
export type ReviewComment = {
  commentId: ReviewCommentId;
  generationId: GenerationId;
  againstGenerationId: GenerationId;
  path: FilePath;
  side: DiffSide;
  /** 1-based and inclusive, on that side. Both are 0 for a comment on the whole file. */
  firstLine: number;
  lastLine: number;
  /** The commented lines as they were; empty for a whole file. */
  quote: string;
  body: string;
  createdAt: string;
  /** The comment was sent to the model with a run that is unfinished or made a version. */
  isSent: boolean;
};

/** What happened to the commented lines in the version made from the comment, computed from their text alone. */
export type CommentFate = "touched" | "untouched" | "file-gone";

/** `newPath` is the path of the commented file in the version; null if the version does not have it. */
export type CommentWithFate = ReviewComment & { fate: CommentFate; newPath: FilePath | null };

/** 0 for a whole file. A file cannot have more lines than bytes. */
const lineNumber = z.number().int().min(0).max(limits.binaryFileBytes);
const commentBody = text.trim().min(1, "Write a comment first.").max(10_000);

export const commentListInput = z.object({ generationId });
export const commentAddInput = z
  .object({
    /**
     * The id of the new comment, 128 random bits as hex. A second request with the same id adds no comment; it replaces
     * the text of the first.
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
