import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { isGenerated } from "./surface-items.ts";

export type FileOrder = "path" | "importance";

const testPath = /(?:^|\/)(?:tests?|__tests__|e2e|spec)\/|(?:^|\/)test_[^/]+$|[._-](?:test|spec)\.[^/]+$/;

/** Smaller comes first. */
function rankKind({ path, status }: ReviewFile): number {
  if (status === "kept") return 3;
  if (isGenerated(path)) return 2;
  return testPath.test(path) ? 1 : 0;
}

/**
 * The files by folder, or by importance: those with findings first, then the largest changes, then tests, then
 * generated files, then unchanged ones.
 */
export function orderFiles({
  files,
  order,
  findings,
}: {
  files: readonly ReviewFile[];
  order: FileOrder;
  findings: ReadonlyMap<FilePath, number>;
}): ReviewFile[] {
  if (order === "path") return [...files];
  return files.toSorted(
    (one, other) =>
      Number(findings.has(other.path)) - Number(findings.has(one.path)) ||
      rankKind(one) - rankKind(other) ||
      other.additions + other.deletions - (one.additions + one.deletions),
  );
}
