import { compareByFolder } from "#lib/compare-by-folder.ts";
import type { MergeConflictOutput } from "#lib/contracts/versions/generation.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findLastChange, parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import type { LineNote } from "../../../diff-surface/surface-types.ts";
import type { ReviewPatch } from "../../data/review-patches.ts";
import type { Finding } from "../../findings/list-findings.ts";
import type { Cause } from "../causes.ts";
import type { Choices } from "../choices.ts";
import { buildConflictPatch } from "./conflict-patch.ts";
import { listConflictPlaces, listOpenPlaces } from "./merge-choices.ts";

const conflictReasons: Record<MergeConflictOutput["reason"], string> = {
  "both-changed": "Both versions changed the same lines",
  "both-added": "Both versions added this file",
  "changed-and-deleted": "One version changed it, the other deleted or moved it",
  "same-place": "Another file has the same place on many file systems",
};

/** The conflicts of a merge as changes from our version to theirs. A file has one change per conflicting hunk. */
export function toConflictChanges(conflicts: readonly MergeConflictOutput[]): {
  files: ReviewFile[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
  wholePaths: ReadonlySet<FilePath>;
  causes: Cause[];
} {
  const ordered = conflicts.toSorted((one, other) => compareByFolder(one.path, other.path));
  const patches = new Map(ordered.map((conflict) => [conflict.path, toPatch(conflict)]));
  return {
    files: ordered.map((conflict) => toFile({ conflict, patch: patches.get(conflict.path) })),
    patches,
    wholePaths: new Set(ordered.flatMap((conflict) => (conflict.parts === null ? [conflict.path] : []))),
    causes: [...Map.groupBy(ordered, ({ reason }) => reason)].map(([reason, of]) => ({
      key: reason,
      title: conflictReasons[reason],
      paths: of.map(({ path }) => path),
      isDoubtful: true,
    })),
  };
}

function toPatch({ path, parts, patch: whole }: MergeConflictOutput): ReviewPatch {
  const patch = parts === null ? whole : buildConflictPatch({ path, parts });
  return { path, patch, hunks: parseHunks(patch), isBinary: whole === "", isTooLarge: false, colours: null };
}

function toFile({
  conflict: { path, oursMode, theirsMode },
  patch,
}: {
  conflict: MergeConflictOutput;
  patch: ReviewPatch | undefined;
}): ReviewFile {
  const signs = (patch?.hunks ?? []).flatMap(({ lines }) => lines.map(({ sign }) => sign));
  return {
    path,
    status: oursMode === null ? "added" : theirsMode === null ? "deleted" : "modified",
    additions: signs.filter((sign) => sign === "+").length,
    deletions: signs.filter((sign) => sign === "-").length,
    isBinary: patch?.isBinary === true,
    ...(oursMode === null ? {} : { oldMode: oursMode }),
    ...(theirsMode === null ? {} : { newMode: theirsMode }),
  };
}

type Drawn = { conflicts: readonly MergeConflictOutput[]; patches: ReadonlyMap<FilePath, ReviewPatch> };

/** Below each conflict: the ancestor's text, and the decision. */
export function listConflictNotes({ conflicts, patches }: Drawn): LineNote[] {
  return conflicts.flatMap((conflict) =>
    listConflictPlaces(conflict).flatMap((_, index): LineNote[] => {
      const hunk = patches.get(conflict.path)?.hunks[index];
      return hunk === undefined
        ? []
        : [{ id: conflict.path, ...findLastChange(hunk), key: conflictKey({ path: conflict.path, index }) }];
    }),
  );
}

export function conflictKey({ path, index }: { path: string; index: number }): string {
  return `conflict ${index} ${path}`;
}

/** Undecided conflicts, in the order of files. */
export function listOpenStops({ conflicts, patches, choices }: Drawn & { choices: Choices }): Finding[] {
  const ordered = conflicts.toSorted((one, other) => compareByFolder(one.path, other.path));
  return listOpenPlaces({ conflicts: ordered, choices }).map(({ path, index }): Finding => {
    const hunk = index === null ? undefined : patches.get(path)?.hunks[index];
    const reason = conflicts.find((conflict) => conflict.path === path)?.reason ?? "both-changed";
    return {
      key: index === null ? `conflict ${path}` : conflictKey({ path, index }),
      path,
      line: hunk === undefined ? 0 : findLastChange(hunk).line,
      ...(index === null ? {} : { hunk: index }),
      issue: { severity: "error", message: `${conflictReasons[reason]}: ${path}` },
    };
  });
}
