import { z } from "zod";

/** Ids are opaque strings on the wire; the brands keep one kind from being passed as another. */
const idText = z.string().min(1).max(64);

export const projectId = idText.brand<"ProjectId">();
export type ProjectId = z.infer<typeof projectId>;

export const generationId = idText.brand<"GenerationId">();
export type GenerationId = z.infer<typeof generationId>;

export const runId = idText.brand<"RunId">();
export type RunId = z.infer<typeof runId>;

/** `vendor:model`, for example `builtin:scaffold`. */
export const modelId = z
  .string()
  .max(200)
  .regex(/^[a-z]+:.+$/, "A model id has the form vendor:model, for example builtin:scaffold.")
  .brand<"ModelId">();
export type ModelId = z.infer<typeof modelId>;

/** Lower-case hex SHA-256 of a file's bytes, so that `sha256sum` proves it. */
export const contentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"ContentHash">();
export type ContentHash = z.infer<typeof contentHash>;

/**
 * A project path that passed `parseFilePath` (server/core/file-path.ts): relative, NFC, `/` separated,
 * no segment that any common file system or git refuses.
 */
export const filePath = z.string().brand<"FilePath">();
export type FilePath = z.infer<typeof filePath>;
