import { z } from "zod";
import type { AppErrorCode } from "../errors.ts";
import { text } from "./text.ts";

/**
 * Ids are opaque strings on the wire; the brands keep one kind from being passed as another. A malformed id gets the
 * same error code as an unknown one.
 */
export function idOf({ noun, notFound }: { noun: string; notFound: AppErrorCode }) {
  return z.string().refine((id) => /^[\w-]{1,64}$/.test(id), {
    message: `There is no ${noun} with this id. Nothing was changed. Reload the page, or ask for the list again.`,
    params: { notFound },
  });
}

export const projectId = idOf({ noun: "project", notFound: "PROJECT_NOT_FOUND" }).brand<"ProjectId">();
export type ProjectId = z.infer<typeof projectId>;

export const generationId = idOf({ noun: "version", notFound: "GENERATION_NOT_FOUND" }).brand<"GenerationId">();
export type GenerationId = z.infer<typeof generationId>;

export const runId = idOf({ noun: "run", notFound: "RUN_NOT_FOUND" }).brand<"RunId">();
export type RunId = z.infer<typeof runId>;

/** `vendor:model`, for example `builtin:scaffold`. */
export const modelId = text
  .max(200)
  .regex(/^[a-z]+:.+$/, "A model id has the form vendor:model, for example builtin:scaffold.")
  .brand<"ModelId">();
export type ModelId = z.infer<typeof modelId>;

/** Lower-case hex SHA-256 of a file's bytes, as printed by `sha256sum`. */
const contentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"ContentHash">();
export type ContentHash = z.infer<typeof contentHash>;

/** The git object id of a file, a directory or a commit: lower-case hex SHA-1 over its type, size and bytes. */
export const objectId = z
  .string()
  .regex(/^[0-9a-f]{40}$/)
  .brand<"ObjectId">();
export type ObjectId = z.infer<typeof objectId>;

/**
 * A project path that passed `parseFilePath` (server/core/file-path.ts): relative, NFC, `/` separated, and valid on all
 * common file systems and in git.
 */
export const filePath = text.max(4_096).brand<"FilePath">();
export type FilePath = z.infer<typeof filePath>;
