import { regularFile } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause, LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { isSameFile, type FileEntry, type FileTree } from "../file-tree.ts";

type ConservationResult = { status: "conserved" } | { status: "violated"; violations: string[] };

/** A file is only deleted if an operation or a user's decision says so. */
const causesOfDeletion: ReadonlySet<LedgerCause> = new Set(["delete", "move", "rollback", "merge", "push"]);

/**
 * Checks a ledger against its two trees independently of how it was built. Every path of the parent has exactly one
 * disposition, kept means equal content and mode, each deletion has a cause, every path of the child is accounted for,
 * and the counts are right. `changes` are the rows that are not kept; a path without a row is claimed to be kept.
 */
export function checkConservation({
  parent,
  tree,
  changes,
  counts,
}: {
  parent: FileTree;
  tree: FileTree;
  changes: readonly LedgerEntry[];
  counts: LedgerCounts;
}): ConservationResult {
  const violations: string[] = [];
  const report = (path: FilePath, what: string) => violations.push(`${path}: ${what}`);
  const rowsByPath = new Map<FilePath, LedgerEntry>();
  const movedAway = new Map<FilePath, FilePath>();
  for (const change of changes) {
    if (rowsByPath.has(change.path)) report(change.path, "has two rows");
    rowsByPath.set(change.path, change);
    if (change.disposition !== "moved") continue;
    if (change.previousPath === undefined || !parent.has(change.previousPath))
      report(change.path, "is moved from a path that the parent does not have");
    else if (movedAway.has(change.previousPath)) report(change.previousPath, "is moved to two places");
    else movedAway.set(change.previousPath, change.path);
  }

  const seen = { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0 };
  for (const [path, before] of parent) {
    const row = rowsByPath.get(path);
    const after = tree.get(path);
    const isMoved = movedAway.has(path);
    if (row === undefined) {
      if (isMoved) {
        if (after !== undefined) report(path, "was moved away and is still there");
      } else if (after === undefined) report(path, "is gone without a row");
      else if (after.contentHash !== before.contentHash) report(path, "is called kept but has other content");
      else if (after.mode !== before.mode) report(path, `is called kept but is ${after.mode} and was ${before.mode}`);
      else seen.kept += 1;
    } else if (isMoved && row.disposition !== "added" && row.disposition !== "moved")
      report(path, `was moved away and is also called ${row.disposition}`);
  }
  for (const [path, row] of rowsByPath) {
    const before = parent.get(path);
    const after = tree.get(path);
    if (row.disposition === "kept") {
      report(path, "is kept and has a row");
      continue;
    }
    seen[row.disposition] += 1;
    if (row.disposition === "deleted") {
      if (before === undefined) report(path, "is deleted but was not in the parent");
      if (after !== undefined) report(path, "is deleted but still there");
      if (!causesOfDeletion.has(row.cause)) report(path, `is deleted because of ${row.cause}, which deletes nothing`);
      if (!isOldSide({ row, entry: before })) report(path, "has an old side that is not the parent's");
      continue;
    }
    if (after === undefined) report(path, `is called ${row.disposition} but is not there`);
    else if (row.newHash !== after.contentHash || (row.newMode ?? regularFile) !== after.mode)
      report(path, "has a new side that is not the tree's");
    if (row.disposition === "added" && before !== undefined && !movedAway.has(path))
      report(path, "is called added but was in the parent");
    if (row.disposition === "modified") {
      if (before === undefined) report(path, "is called modified but was not in the parent");
      else if (isSameFile(before, after)) report(path, "is called modified but has the same content and mode");
      else if (!isOldSide({ row, entry: before })) report(path, "has an old side that is not the parent's");
    }
    if (row.disposition === "moved") {
      const source = row.previousPath === undefined ? undefined : parent.get(row.previousPath);
      if (!isOldSide({ row, entry: source })) report(path, "has an old side that is not the parent's");
      if (before !== undefined && !movedAway.has(path)) report(path, "is moved onto a path that the parent has");
    }
  }
  for (const path of tree.keys()) {
    if (!parent.has(path) && !rowsByPath.has(path)) report(path, "is new without a row");
  }
  const total = seen.kept + seen.modified + seen.added + seen.moved;
  if (total !== tree.size) violations.push(`The rows account for ${total} files, the tree has ${tree.size}`);
  for (const name of ["kept", "modified", "added", "deleted", "moved"] as const) {
    if (counts[name] !== seen[name]) violations.push(`${counts[name]} files are counted as ${name}, ${seen[name]} are`);
  }
  if (counts.total !== tree.size)
    violations.push(`${counts.total} files are counted in all, the tree has ${tree.size}`);
  return violations.length === 0 ? { status: "conserved" } : { status: "violated", violations };
}

function isOldSide({ row, entry }: { row: LedgerEntry; entry: FileEntry | undefined }): boolean {
  return row.oldHash === entry?.contentHash && (entry === undefined || (row.oldMode ?? regularFile) === entry.mode);
}
