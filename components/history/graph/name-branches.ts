import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/**
 * The name of each branch besides the active one, at its newest version: that version's label, or the branch's start.
 * `branches` maps each version to where it leaves the active path.
 */
export function nameBranches({
  versions,
  branches,
}: {
  versions: readonly GenerationOutput[];
  branches: ReadonlyMap<GenerationId, GenerationId>;
}): Map<GenerationId, string> {
  const numbers = new Map(versions.map(({ generationId, version }) => [generationId, version]));
  const wentOn = new Set(versions.flatMap(({ parentGenerationIds }) => parentGenerationIds.slice(0, 1)));
  return new Map(
    versions.flatMap(({ generationId, isHead, label }) => {
      const place = branches.get(generationId);
      const from = place === undefined ? undefined : numbers.get(place);
      if (isHead || wentOn.has(generationId) || from === undefined) return [];
      return [[generationId, label ?? `branch of v${from}`] as const];
    }),
  );
}
