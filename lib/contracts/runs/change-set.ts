import { z } from "zod";
import { text } from "../text.ts";

export const textEdit = z.object({
  oldText: text,
  newText: text,
  replaceAll: z.boolean().optional(),
  /** Old and new text are whole lines, as in blocks of text answers: then no part of a line is a place. */
  isWholeLines: z.boolean().optional(),
  /** 1-based line that the author believes the block starts on. Only disambiguates. */
  nearLine: z.number().int().min(1).optional(),
  /** Lines that the block is under, the outermost first: `class Order:`, `def total(self):`. A place outside is none. */
  within: z.array(text).max(20).optional(),
  /** The author believes that the block ends the file. Only disambiguates. */
  isAtEnd: z.boolean().optional(),
});
export type TextEdit = z.infer<typeof textEdit>;

const path = text.min(1).max(4_096);

export const changeOperation = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("write"),
    path,
    content: text,
    /** Declared, the content says every byte of the file. Otherwise it is text in the form of the file it replaces. */
    encoding: z.enum(["utf8", "base64"]).optional(),
    /** What the file becomes. Without it a new file is not executable, and an existing one keeps its mode. */
    executable: z.boolean().optional(),
    /** Whether the content is the target of a symbolic link. Without it a link stays a link, and a file a file. */
    isLink: z.boolean().optional(),
  }),
  z.object({ type: z.literal("edit"), path, edits: z.array(textEdit).min(1) }),
  z.object({ type: z.literal("delete"), path }),
  z.object({ type: z.literal("move"), source: path, destination: path }),
]);
export type ChangeOperation = z.infer<typeof changeOperation>;

/** What a model or a person proposes. Operations apply in order; one that fails fails the set. */
export const changeSet = z.object({ operations: z.array(changeOperation).max(10_000) });
export type ChangeSet = z.infer<typeof changeSet>;
