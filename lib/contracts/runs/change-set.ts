import { z } from "zod";
import { text } from "../text.ts";

export const textEdit = z.object({
  oldText: text,
  newText: text,
  replaceAll: z.boolean().optional(),
  /** Old and new text are whole lines, as in edit blocks of text answers. A part of a line never matches. */
  isWholeLines: z.boolean().optional(),
  /** 1-based line on which the author expects the block to start. Only used to choose among several matches. */
  nearLine: z.number().int().min(1).optional(),
  /**
   * Enclosing lines of the block, outermost first: `class Order:`, `def total(self):`. Matches outside them do not
   * count.
   */
  within: z.array(text).max(20).optional(),
  /** The author expects the block to end the file. Only used to choose among several matches. */
  isAtEnd: z.boolean().optional(),
});
export type TextEdit = z.infer<typeof textEdit>;

const path = text.min(1).max(4_096);

const changeOperation = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("write"),
    path,
    content: text,
    /**
     * If true, the content is exactly the file's bytes. Otherwise it takes the encoding and line endings of the file
     * that it replaces.
     */
    encoding: z.enum(["utf8", "base64"]).optional(),
    /** The mode of the written file. Without it a new file is not executable, and an existing one keeps its mode. */
    executable: z.boolean().optional(),
    /** Whether the content is a symbolic link's target. Without it a link stays a link, and a file a file. */
    isLink: z.boolean().optional(),
  }),
  z.object({ type: z.literal("edit"), path, edits: z.array(textEdit).min(1) }),
  z.object({ type: z.literal("delete"), path }),
  z.object({ type: z.literal("move"), source: path, destination: path }),
]);
export type ChangeOperation = z.infer<typeof changeOperation>;

/** Changes proposed by a model or a user. Operations apply in order; if one fails, the set fails. */
export const changeSet = z.object({ operations: z.array(changeOperation).max(10_000) });
export type ChangeSet = z.infer<typeof changeSet>;
