import { z } from "zod";
import type { FileMode } from "../versions/file-mode.ts";
import { filePath, generationId, type FilePath } from "../ids.ts";
import type { LineColours } from "./line-colours.ts";

export type FileDiffStatus = "added" | "modified" | "deleted" | "moved";

export type FileDiffEntry = {
  path: FilePath;
  previousPath?: FilePath;
  status: FileDiffStatus;
  additions: number;
  deletions: number;
  isBinary: boolean;
  /** Of a text that is not UTF-8, as people name it: `ISO-8859-1`, `UTF-16LE → UTF-8`. */
  encoding?: string;
  /** Absent where that side has no such file. */
  oldSizeBytes?: number;
  newSizeBytes?: number;
  oldMode?: FileMode;
  newMode?: FileMode;
};

export type GenerationDiffOutput = { files: FileDiffEntry[]; keptCount: number };

/**
 * `patch` is a unified diff that `git apply` accepts where no `encoding` is named; empty when `isTooLarge` or the file
 * is unchanged.
 */
export type FileDiffOutput = { patch: string; isBinary: boolean; isTooLarge: boolean; encoding?: string };

/** `colours` are those of the patch's lines that are a file's, in their order; null where there are none. */
export type FileDiffItem = { path: FilePath; colours: LineColours | null } & FileDiffOutput;

export const generationDiffInput = z.object({ generationId, againstGenerationId: generationId.optional() });

const patchOptions = {
  contextLines: z.number().int().min(0).max(100_000).optional(),
  ignoreWhitespace: z.boolean().optional(),
};

export const fileDiffInput = generationDiffInput.extend({ path: filePath, ...patchOptions });

/**
 * A page of patches: of the first `limit` files that differ and stand behind `afterPath`, in the order of
 * `compareByFolder`.
 */
export const fileDiffsInput = generationDiffInput.extend({
  afterPath: filePath.optional(),
  limit: z.number().int().min(1).max(500),
  ...patchOptions,
});

/** One row of a review: a file that differs, or with the status `kept` one that both sides share. */
export type ReviewFile = Omit<FileDiffEntry, "status"> & { status: FileDiffEntry["status"] | "kept" };
