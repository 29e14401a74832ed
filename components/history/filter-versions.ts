import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ValidationSummary } from "#lib/contracts/versions/validation.ts";
import { kindWords } from "../generation/kind-words.ts";

export type VersionFilter = {
  text: string;
  kind: GenerationKind | "any";
  status: ValidationSummary["status"] | "any";
  isBookmarkedOnly: boolean;
  /** Shows only this version's branch. */
  branchOf: Pick<GenerationOutput, "generationId" | "version"> | null;
};

export const noFilter: VersionFilter = {
  text: "",
  kind: "any",
  status: "any",
  isBookmarkedOnly: false,
  branchOf: null,
};

/** Whether the shown versions have no gaps, so that the graph can be drawn; a branch has none. */
export function isUnfiltered({ text, kind, status, isBookmarkedOnly }: VersionFilter): boolean {
  return text.trim() === "" && kind === "any" && status === "any" && !isBookmarkedOnly;
}

/**
 * Versions that match the whole filter: every word is in the number, label, kind, model or prompt.
 *
 * @param ofCommit the version whose commit the text names; it matches whatever its own words are
 */
export function filterVersions({
  versions,
  filter,
  ofCommit,
}: {
  versions: readonly GenerationOutput[];
  filter: VersionFilter;
  ofCommit: GenerationId | null;
}): GenerationOutput[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return versions.filter(
    ({ generationId, version, kind, prompt, label, model, authorName, validation, isBookmarked }) => {
      if (filter.kind !== "any" && kind !== filter.kind) return false;
      if (filter.status !== "any" && validation.status !== filter.status) return false;
      if (filter.isBookmarkedOnly && !isBookmarked) return false;
      if (words.length === 0 || generationId === ofCommit) return true;
      const text =
        `v${version} ${kindWords[kind]} ${kind} ${label ?? ""} ${model ?? ""} ${authorName ?? ""} ${prompt ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    },
  );
}
