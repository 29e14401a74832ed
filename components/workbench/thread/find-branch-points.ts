import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";

/**
 * For each version whose parent is not the newest one before it: the parent's number, if it is among the entries. The
 * newest entry comes first.
 */
export function findBranchPoints(entries: readonly ThreadEntry[]): Map<string, number> {
  const versions = entries.filter((entry) => entry.kind === "generation");
  const numbers = new Map(versions.map(({ generationId, version }) => [generationId, version]));
  return new Map(
    versions.flatMap(({ generationId, parentGenerationIds: [parentId] }, index) => {
      const from = parentId === undefined ? undefined : numbers.get(parentId);
      return from === undefined || parentId === versions[index + 1]?.generationId
        ? []
        : [[generationId, from] as const];
    }),
  );
}
