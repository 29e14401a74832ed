import type { GenerationId } from "#lib/contracts/ids.ts";

/** A version's place in the tree. */
type VersionNode = { generationId: GenerationId; version: number; parentGenerationIds: readonly GenerationId[] };

/** The relation of another version to one, in a word; null if there is none. */
export function relate({ to, other }: { to: VersionNode; other: VersionNode }): "parent" | "sibling" | null {
  if (to.parentGenerationIds.includes(other.generationId)) return "parent";
  return areSiblings(to, other) ? "sibling" : null;
}

/** Whether two versions have the same parent. */
export function areSiblings(one: VersionNode, other: VersionNode): boolean {
  const [parentId] = one.parentGenerationIds;
  return parentId !== undefined && one.generationId !== other.generationId && parentId === other.parentGenerationIds[0];
}
