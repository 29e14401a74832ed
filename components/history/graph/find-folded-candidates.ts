import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/**
 * The places of the path where only rejected answers branch off, because one of their set is on the path. They are
 * folded until the user opens them. `branches` is the result of `findBranches`.
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

/** Places in exactly one of the two. */
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
