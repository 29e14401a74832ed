import { decodeText } from "#server/core/file-content.ts";
import { listUntouchedSources, listVanishedModules } from "#server/core/validation/find-possible-importers.ts";
import type { UntouchedFile } from "#server/core/validation/validator.ts";
import type { RunDependencies } from "./ports.ts";
import type { Candidate } from "./stages/merge-changes.ts";

/** The untouched files that speak of a module which the candidate deletes or moves. Reads nothing where it does neither. */
export async function loadPossibleImporters({
  candidate: { merged },
  dependencies,
}: {
  candidate: Candidate;
  dependencies: RunDependencies;
}): Promise<UntouchedFile[]> {
  const names = listVanishedModules(merged.changes);
  if (names.length === 0) return [];
  const paths = listUntouchedSources({ tree: merged.tree, changes: merged.changes });
  const hashes = paths.flatMap((path) => merged.tree.get(path)?.contentHash ?? []);
  const contents = await dependencies.generations.loadContents(hashes);
  return paths.flatMap((path): UntouchedFile[] => {
    const hash = merged.tree.get(path)?.contentHash;
    const bytes = hash === undefined ? undefined : contents.get(hash);
    const text = bytes === undefined ? null : decodeText(bytes);
    return text !== null && names.some((name) => text.includes(name)) ? [{ path, text }] : [];
  });
}
