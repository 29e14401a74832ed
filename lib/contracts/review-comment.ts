import { z } from "zod";
import { filePath, generationId } from "./ids.ts";
import type { FilePath, GenerationId } from "./ids.ts";

export const diffSide = z.enum(["additions", "deletions"]);
export type DiffSide = z.infer<typeof diffSide>;

const commentId = z.string().min(1).max(100);
export type ReviewCommentId = string;

/** A note of a person on lines of one side of a comparison: the version's own lines, or the lines of what it was compared with. */
export type ReviewComment = {
  commentId: ReviewCommentId;
  generationId: GenerationId;
  againstGenerationId: GenerationId;
  path: FilePath;
  side: DiffSide;
  /** 1-based and inclusive, on that side. */
  firstLine: number;
  lastLine: number;
  /** The lines as they stood. */
  quote: string;
  body: string;
  createdAt: string;
  /** It went to the model with an iteration. */
  isSent: boolean;
};

/** What became of the lines of a comment in the version that was made with it, computed from their texts alone. */
export type CommentFate = "touched" | "untouched" | "file-gone";

export type CommentWithFate = ReviewComment & { fate: CommentFate };

export const commentListInput = z.object({ generationId });
export const commentAddInput = z
  .object({
    generationId,
    againstGenerationId: generationId,
    path: filePath,
    side: diffSide,
    firstLine: z.number().int().min(1),
    lastLine: z.number().int().min(1),
    body: z.string().trim().min(1, "Write a comment first.").max(10_000),
  })
  .refine(({ firstLine, lastLine }) => lastLine >= firstLine && lastLine - firstLine < 500, "A comment is on 1 to 500 lines.");
export const commentRemoveInput = z.object({ commentId });
export const commentIds = z.array(commentId).max(200);
