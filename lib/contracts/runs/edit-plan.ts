import { z } from "zod";
import { changeSet } from "./change-set.ts";
import type { FileDiffEntry } from "../comparisons/diff.ts";
import { generationId, type FilePath } from "../ids.ts";
import type { LedgerCounts } from "../versions/ledger.ts";

export const generationEditInput = z.object({
  parentGenerationId: generationId,
  changeSet,
  /**
   * The active version that the user saw and wants to edit. Differences between it and the parent are merged. If
   * another version is active now, the request fails with HEAD_MOVED. Without this field the edit becomes a child of
   * the parent, whatever is active.
   */
  ontoGenerationId: generationId.optional(),
});

/**
 * Why an edit cannot be applied to the active version automatically. `places` are the lines that both sides changed
 * differently, with their line endings; `line` is 1-based, in the edited text.
 */
export type EditConflict = {
  path: FilePath;
  reason: "changed-on-both-sides" | "changed-there" | "gone-there" | "added-there" | "binary";
  places: { line: number; base: string; ours: string; theirs: string }[];
};

type EditPlanFile = FileDiffEntry & { patch: string; isTooLarge: boolean };

/** A preview of an edit. `files` is the difference from the version that would be its parent. */
export type EditPlanOutput =
  | { status: "clean"; files: EditPlanFile[]; counts: LedgerCounts }
  | { status: "conflicted"; conflicts: EditConflict[] };
