import type { GenerationKind } from "#lib/contracts/generation-kind.ts";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ValidationSummary } from "#lib/contracts/validation.ts";
import { kindWords } from "../generation/kind-words.ts";

export type VersionFilter = { text: string; kind: GenerationKind | "any"; status: ValidationSummary["status"] | "any"; isBookmarkedOnly: boolean };

export const noFilter: VersionFilter = { text: "", kind: "any", status: "any", isBookmarkedOnly: false };

/** Whether every version passes, so that the graph may be drawn without gaps. */
export function isUnfiltered({ text, kind, status, isBookmarkedOnly }: VersionFilter): boolean {
  return text.trim() === "" && kind === "any" && status === "any" && !isBookmarkedOnly;
}

/** Versions that fit all of the filter: every word of the text is in the number, the label, the kind, the model or the prompt. */
export function filterVersions({ versions, filter }: { versions: readonly GenerationOutput[]; filter: VersionFilter }): GenerationOutput[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return versions.filter(({ version, kind, prompt, label, model, validation, isBookmarked }) => {
    if (filter.kind !== "any" && kind !== filter.kind) return false;
    if (filter.status !== "any" && validation.status !== filter.status) return false;
    if (filter.isBookmarkedOnly && !isBookmarked) return false;
    if (words.length === 0) return true;
    const text = `v${version} ${kindWords[kind]} ${kind} ${label ?? ""} ${model ?? ""} ${prompt ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The versions that the active one descends from by first parents, and it; each with the number of versions in branches that
 * leave the path there and are not shown.
 */
export function findPathToActive(versions: readonly GenerationOutput[]): Map<GenerationId, number> {
  const byId = new Map(versions.map((version) => [version.generationId, version]));
  const path = new Map<GenerationId, number>();
  for (let at = versions.find(({ isHead }) => isHead); at !== undefined && !path.has(at.generationId); at = byId.get(at.parentGenerationIds[0] ?? at.generationId)) path.set(at.generationId, 0);
  // Parents are older than their children, so that going from old to new each parent's place is known.
  const leavesAt = new Map<GenerationId, GenerationId>([...path.keys()].map((id) => [id, id]));
  for (const { generationId, parentGenerationIds } of versions.toSorted((a, b) => a.version - b.version)) {
    const [parentId] = parentGenerationIds;
    const place = parentId === undefined ? undefined : leavesAt.get(parentId);
    if (place === undefined || path.has(generationId)) continue;
    leavesAt.set(generationId, place);
    path.set(place, (path.get(place) ?? 0) + 1);
  }
  return path;
}
