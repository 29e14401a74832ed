import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import type { FileIndex } from "#server/core/ranking/file-index.ts";
import { findFileKind, type FileKind } from "#server/core/ranking/find-file-kind.ts";
import { linkImports } from "#server/core/ranking/link-imports.ts";

const maxFiles = 5;

/**
 * Source files and migrations decide what a change does; other files follow from them. Generated files are not
 * reviewed.
 */
const kindOrder: Record<FileKind, number> = {
  source: 0,
  migration: 0,
  configuration: 1,
  test: 2,
  translation: 3,
  documentation: 3,
  generated: 4,
};

/**
 * The files to read first. Within its kind, files are ranked by imports between them and other changed files: a reader
 * of the models understands the routes that use them, and not vice versa. One such import weighs as much as a doubling
 * of the changed lines. Only changed files are indexed, so the cost grows with the change and not with the project.
 *
 * @param indexes of changed files; a file without one counts as unconnected
 */
export function chooseReadFirst({
  files,
  indexes,
}: {
  files: readonly FileDiffEntry[];
  indexes: ReadonlyMap<string, FileIndex>;
}): FilePath[] {
  const linked = linkImports(indexes);
  return listReadable(files)
    .map((file) => ({
      path: file.path,
      kind: kindOrder[findFileKind(file.path)],
      score: (linked.get(file.path)?.size ?? 0) + Math.log2(1 + file.additions + file.deletions),
    }))
    .filter(({ kind }) => kind < kindOrder.generated)
    .toSorted((a, b) => a.kind - b.kind || b.score - a.score || comparePaths(a.path, b.path))
    .slice(0, maxFiles)
    .map(({ path }) => path);
}

/** Files with changed lines in the head. Pure moves and deletions leave nothing to read. */
export function listReadable(files: readonly FileDiffEntry[]): FileDiffEntry[] {
  return files.filter(
    ({ status, isBinary, additions, deletions }) => status !== "deleted" && !isBinary && additions + deletions > 0,
  );
}
