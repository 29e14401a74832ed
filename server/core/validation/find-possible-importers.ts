import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { isTextFile, type FileTree } from "../file-tree.ts";

/** Finds the files that import or use others' declarations. */
const sourceFile = /\.(?:py|pyi|ts|tsx|mts|cts|js|jsx|mjs|cjs|vue|svelte|cs|go|java|php|rb|rs)$/;

/** Larger files are generated code, which imports nothing that a user deletes. */
const maxSourceBytes = 200_000;

/** Words that any import of a deleted or moved module contains; empty if no module was removed. */
export function listVanishedModules(changes: readonly LedgerEntry[]): string[] {
  const gone = changes.flatMap(({ path, previousPath, disposition }) =>
    disposition === "deleted" ? [path] : disposition === "moved" && previousPath !== undefined ? [previousPath] : [],
  );
  const names = gone
    .filter((path) => sourceFile.test(path))
    .map((path) => {
      const parts = path.replace(/\.[^/]*$/, "").split("/");
      const last = parts.pop() ?? "";
      // An index file or a package is imported by its directory's name.
      return last === "index" || last === "__init__" ? (parts.pop() ?? last) : last;
    });
  return [...new Set(names)];
}

/** The names of deleted files that are not modules: a page, a script or a document may mention them. */
export function listVanishedNames(changes: readonly LedgerEntry[]): string[] {
  return changes.flatMap(({ path, disposition }) =>
    disposition === "deleted" && !sourceFile.test(path) ? [path.slice(path.lastIndexOf("/") + 1)] : [],
  );
}

/** Unchanged source files that may import a removed module; with `isAnyText` all text files. */
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
