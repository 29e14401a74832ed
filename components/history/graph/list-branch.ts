import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/** The branch of a version: its first-parent ancestors, itself, and its descendants along first parents. */
export function listBranch({
  versions,
  of,
}: {
  versions: readonly GenerationOutput[];
  of: GenerationId;
}): Set<GenerationId> {
  const firstParents = new Map(
    versions.map(({ generationId, parentGenerationIds }) => [generationId, parentGenerationIds[0]]),
  );
  const later = new Set<GenerationId>([of]);
  // Parents are older than their children, so iterating from old to new handles each parent first.
  for (const { generationId, parentGenerationIds } of versions.toSorted((a, b) => a.version - b.version)) {
    const [parentId] = parentGenerationIds;
    if (parentId !== undefined && later.has(parentId)) later.add(generationId);
  }
  const branch = new Set(later);
  for (let at = firstParents.get(of); at !== undefined && !branch.has(at); at = firstParents.get(at)) branch.add(at);
  return branch;
}
