import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/**
 * Where each version leaves the path to the active one (its first-parent ancestors): a version on the path at itself,
 * one in a branch where the branch begins. Versions without a known way to the path are omitted.
 */
export function findBranches(versions: readonly GenerationOutput[]): Map<GenerationId, GenerationId> {
  const byId = new Map(versions.map((version) => [version.generationId, version]));
  const leavesAt = new Map<GenerationId, GenerationId>();
  for (
    let at = versions.find(({ isHead }) => isHead);
    at !== undefined && !leavesAt.has(at.generationId);
    at = byId.get(at.parentGenerationIds[0] ?? at.generationId)
  )
    leavesAt.set(at.generationId, at.generationId);
  // Parents are older than their children, so iterating from old to new finds each parent's place first.
  for (const { generationId, parentGenerationIds } of versions.toSorted((a, b) => a.version - b.version)) {
    const [parentId] = parentGenerationIds;
    const place = parentId === undefined ? undefined : leavesAt.get(parentId);
    if (place !== undefined && !leavesAt.has(generationId)) leavesAt.set(generationId, place);
  }
  return leavesAt;
}

/**
 * The versions without folded branches, and the number folded at each place of the path. `foldedAt` lists the places
 * with folded branches; null folds all.
 */
export function foldBranches({
  versions,
  branches,
  foldedAt,
}: {
  versions: readonly GenerationOutput[];
  branches: ReadonlyMap<GenerationId, GenerationId>;
  foldedAt: ReadonlySet<GenerationId> | null;
}): { shown: GenerationOutput[]; hiddenCounts: Map<GenerationId, number> } {
  const hiddenCounts = new Map<GenerationId, number>();
  const shown = versions.filter(({ generationId }) => {
    const place = branches.get(generationId);
    if (place === generationId) return true;
    if (place === undefined) return foldedAt !== null;
    if (foldedAt !== null && !foldedAt.has(place)) return true;
    hiddenCounts.set(place, (hiddenCounts.get(place) ?? 0) + 1);
    return false;
  });
  return { shown, hiddenCounts };
}
