import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/**
 * The places of the path where nothing leaves but answers that were not chosen: one of their set is on the path. They
 * are folded until someone looks at them. `branches` is what `findBranches` gives.
 */
export function findFoldedCandidates({
  versions,
  branches,
}: {
  versions: readonly GenerationOutput[];
  branches: ReadonlyMap<GenerationId, GenerationId>;
}): Set<GenerationId> {
  const isOnPath = ({ generationId }: GenerationOutput) => branches.get(generationId) === generationId;
  const chosenSets = new Set(versions.filter(isOnPath).map(({ candidateSetId }) => candidateSetId));
  const places = new Set<GenerationId>();
  const open = new Set<GenerationId>();
  for (const version of versions) {
    const place = branches.get(version.generationId);
    if (place === undefined || isOnPath(version)) continue;
    if (version.candidateSetId !== null && chosenSets.has(version.candidateSetId)) places.add(place);
    else open.add(place);
  }
  return new Set([...places].filter((place) => !open.has(place)));
}

/** Places that are in one of the two and not in both. */
export function toggleAll({
  places,
  toggled,
}: {
  places: ReadonlySet<GenerationId>;
  toggled: ReadonlySet<GenerationId>;
}): Set<GenerationId> {
  return new Set([
    ...[...places].filter((place) => !toggled.has(place)),
    ...[...toggled].filter((place) => !places.has(place)),
  ]);
}
