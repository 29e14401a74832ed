import type { ContentHash } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import {
  listUntouchedSources,
  listVanishedModules,
  listVanishedNames,
} from "#server/core/validation/find-possible-importers.ts";
import type { UntouchedFile } from "#server/core/validation/validator.ts";

/**
 * Loads unchanged files that mention a file which the candidate deletes or moves, or a name that it loses. Reads
 * nothing if there are none.
 */
export async function loadPossibleImporters({
  tree,
  changes,
  lostNames,
  loadContents,
}: {
  tree: FileTree;
  changes: readonly LedgerEntry[];
  lostNames: readonly string[];
  loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
}): Promise<UntouchedFile[]> {
  const vanishedNames = listVanishedNames(changes);
  const names = [...listVanishedModules(changes), ...vanishedNames, ...lostNames];
  if (names.length === 0) return [];
  const paths = listUntouchedSources({ tree, changes, isAnyText: vanishedNames.length > 0 });
  const contents = await loadContents(paths.flatMap((path) => tree.get(path)?.contentHash ?? []));
  return paths.flatMap((path): UntouchedFile[] => {
    const hash = tree.get(path)?.contentHash;
    const bytes = hash === undefined ? undefined : contents.get(hash);
    const text = bytes === undefined ? null : decodeText(bytes);
    return text !== null && names.some((name) => text.includes(name)) ? [{ path, text }] : [];
  });
}
