import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { isTextFile, type FileTree } from "../file-tree.ts";

/** What imports or uses what others declare. */
const sourceFile = /\.(?:py|pyi|ts|tsx|mts|cts|js|jsx|mjs|cjs|vue|svelte|cs|go|java|php|rb|rs)$/;

/** Generated code in larger files imports nothing that a user deletes. */
const maxSourceBytes = 200_000;

/** Words that an import of a deleted or moved module must hold; none where no module went away. */
export function listVanishedModules(changes: readonly LedgerEntry[]): string[] {
  const gone = changes.flatMap(({ path, previousPath, disposition }) =>
    disposition === "deleted" ? [path] : disposition === "moved" && previousPath !== undefined ? [previousPath] : [],
  );
  const names = gone
    .filter((path) => sourceFile.test(path))
    .map((path) => {
      const parts = path.replace(/\.[^/]*$/, "").split("/");
      const last = parts.pop() ?? "";
      // An index or a package is imported by the name of its directory.
      return last === "index" || last === "__init__" ? (parts.pop() ?? last) : last;
    });
  return [...new Set(names)];
}

/** The names of deleted files that are no modules: a page, a script or a document may name them. */
export function listVanishedNames(changes: readonly LedgerEntry[]): string[] {
  return changes.flatMap(({ path, disposition }) =>
    disposition === "deleted" && !sourceFile.test(path) ? [path.slice(path.lastIndexOf("/") + 1)] : [],
  );
}

/**
 * The source files that the changes leave alone: where an import of a vanished module may stand; with `isAnyText` all
 * texts.
 */
export function listUntouchedSources({
  tree,
  changes,
  isAnyText,
}: {
  isAnyText: boolean;
  tree: FileTree;
  changes: readonly LedgerEntry[];
}): FilePath[] {
  const touched = new Set(changes.map(({ path }) => path));
  return [...tree].flatMap(([path, entry]) =>
    !isTextFile(entry) || entry.sizeBytes > maxSourceBytes || touched.has(path) || !(isAnyText || sourceFile.test(path))
      ? []
      : [path],
  );
}
