import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "#server/core/file-tree.ts";
import type { FileIndex } from "#server/core/ranking/file-index.ts";
import { findFileKind, type FileKind } from "#server/core/ranking/find-file-kind.ts";
import { linkImports } from "#server/core/ranking/link-imports.ts";

const maxFiles = 5;

/** Source and migrations decide what a change does; the rest follows from them, and a generated file is not read. */
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
 * The files to begin with. Within its kind a file comes first by the imports that join it to other changed files: who
 * knows the models understands the routes that use them, and not the other way round. Each such import counts as much
 * as twice the lines. Only changed files are indexed, so the cost grows with the change and not with the project.
 *
 * @param indexes of changed files; a file without one counts as joined to none
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

/** What has changed lines in the head. A move alone and a deletion leave nothing to read. */
export function listReadable(files: readonly FileDiffEntry[]): FileDiffEntry[] {
  return files.filter(
    ({ status, isBinary, additions, deletions }) => status !== "deleted" && !isBinary && additions + deletions > 0,
  );
}
