import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

/**
 * What each branch beside the active one is called, at its newest version: by that one's label, or by where it begins.
 * `branches` says for each version where it leaves the path to the active one.
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
