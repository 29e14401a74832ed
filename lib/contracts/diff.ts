import { z } from "zod";
import { filePath, generationId } from "./ids.ts";
import type { FilePath } from "./ids.ts";

export type FileDiffStatus = "added" | "modified" | "deleted" | "moved";

export type FileDiffEntry = {
  path: FilePath;
  previousPath?: FilePath;
  status: FileDiffStatus;
  additions: number;
  deletions: number;
  isBinary: boolean;
};

export type GenerationDiffOutput = { files: FileDiffEntry[]; keptCount: number };

/** `patch` is a unified diff that `git apply` accepts; empty when `isTooLarge` or the file is unchanged. */
export type FileDiffOutput = { patch: string; isBinary: boolean; isTooLarge: boolean };

export const generationDiffInput = z.object({ generationId, againstGenerationId: generationId.optional() });

export const fileDiffInput = generationDiffInput.extend({
  path: filePath,
  contextLines: z.number().int().min(0).max(100_000).optional(),
  ignoreWhitespace: z.boolean().optional(),
});
