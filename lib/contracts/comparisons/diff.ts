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
  /** The encoding of a text that is not UTF-8, for display: `ISO-8859-1`, `UTF-16LE → UTF-8`. */
  encoding?: string;
  /** Absent if that side does not have the file. */
  oldSizeBytes?: number;
  newSizeBytes?: number;
  oldMode?: FileMode;
  newMode?: FileMode;
};

export type GenerationDiffOutput = { files: FileDiffEntry[]; keptCount: number };

/**
 * `patch` is a unified diff. `git apply` accepts it unless `encoding` is set. It is empty if `isTooLarge` or if the
 * file is unchanged.
 */
export type FileDiffOutput = { patch: string; isBinary: boolean; isTooLarge: boolean; encoding?: string };

/** Colours of the patch lines that come from a file, in order; null if there are none. */
export type FileDiffItem = { path: FilePath; colours: LineColours | null } & FileDiffOutput;

export const generationDiffInput = z.object({ generationId, againstGenerationId: generationId.optional() });

const patchOptions = {
  contextLines: z.number().int().min(0).max(100_000).optional(),
  ignoreWhitespace: z.boolean().optional(),
};

export const fileDiffInput = generationDiffInput.extend({ path: filePath, ...patchOptions });

/** A page of patches: the first `limit` differing files after `afterPath`, in the order of `compareByFolder`. */
export const fileDiffsInput = generationDiffInput.extend({
  afterPath: filePath.optional(),
  limit: z.number().int().min(1).max(500),
  ...patchOptions,
});

/** One row of a review: a file that differs, or, with status `kept`, a file that both sides share. */
export type ReviewFile = Omit<FileDiffEntry, "status"> & { status: FileDiffEntry["status"] | "kept" };
