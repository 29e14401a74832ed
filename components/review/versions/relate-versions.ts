import type { GenerationId } from "#lib/contracts/ids.ts";

/** A version as its place in the tree needs it. */
export type VersionNode = { generationId: GenerationId; version: number; parentGenerationIds: readonly GenerationId[] };

/** What another version is to one, in a word; null where there is none for it. */
export function relate({ to, other }: { to: VersionNode; other: VersionNode }): "parent" | "sibling" | null {
  if (to.parentGenerationIds.includes(other.generationId)) return "parent";
  return areSiblings(to, other) ? "sibling" : null;
}

/** Whether two versions were made from the same one. */
export function areSiblings(one: VersionNode, other: VersionNode): boolean {
  const [parentId] = one.parentGenerationIds;
  return parentId !== undefined && one.generationId !== other.generationId && parentId === other.parentGenerationIds[0];
}
