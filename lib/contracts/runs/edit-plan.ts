import { z } from "zod";
import { changeSet } from "./change-set.ts";
import type { FileDiffEntry } from "../comparisons/diff.ts";
import { generationId, type FilePath } from "../ids.ts";
import type { LedgerCounts } from "../versions/ledger.ts";

export const generationEditInput = z.object({
  parentGenerationId: generationId,
  changeSet,
  /**
   * The active version that the person saw and wants the edit on. What differs between it and the parent is merged;
   * when another is active by now, the answer is HEAD_MOVED. Without it the edit becomes a child of the parent,
   * whatever is active.
   */
  ontoGenerationId: generationId.optional(),
});

/**
 * Why an edit does not fit onto the active version by itself. `places` are the lines that both sides changed
 * differently, with their endings; `line` is 1-based, in the edited text.
 */
export type EditConflict = {
  path: FilePath;
  reason: "changed-on-both-sides" | "changed-there" | "gone-there" | "added-there" | "binary";
  places: { line: number; base: string; ours: string; theirs: string }[];
};

export type EditPlanFile = FileDiffEntry & { patch: string; isTooLarge: boolean };

/** What an edit would do, before it is done. `files` is the difference from the version that it would stand on. */
export type EditPlanOutput =
  | { status: "clean"; files: EditPlanFile[]; counts: LedgerCounts }
  | { status: "conflicted"; conflicts: EditConflict[] };
