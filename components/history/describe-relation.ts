import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";

/** Each version's place in the tree in words, because the graph is only visual. */
export function describeRelations(versions: readonly GenerationOutput[]): Map<string, string> {
  const versionById = new Map(versions.map(({ generationId, version }) => [generationId, version]));
  const childrenByParent = Map.groupBy(
    versions.toReversed(),
    ({ parentGenerationIds }) => parentGenerationIds[0] ?? "",
  );
  return new Map(
    versions.map((generation) => {
      const [parentId] = generation.parentGenerationIds;
      if (parentId === undefined) return [generation.generationId, "no parent"];
      const siblings = childrenByParent.get(parentId) ?? [];
      const branch = siblings.length > 1 ? `, branch ${siblings.indexOf(generation) + 1} of ${siblings.length}` : "";
      const parent = versionById.get(parentId);
      // The parent is on an older page that is still loading.
      return [generation.generationId, parent === undefined ? "" : `child of v${parent}${branch}`];
    }),
  );
}
