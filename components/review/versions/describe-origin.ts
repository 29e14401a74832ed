import type { GenerationOutput, MergeOrigin } from "#lib/contracts/versions/generation.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { MergeOrigins } from "../data/merge-origins.ts";

const kindOrigins: Record<GenerationOutput["kind"], string | null> = {
  create: "model",
  iterate: "model",
  // No badge, because every file would have the same one. The decisions show where the lines are from.
  accept: null,
  edit: "you",
  restore: "restored by you",
  rollback: "rolled back",
  import: "imported",
  push: "pushed with git",
  // A merged file's source is its own origin, once known.
  merge: "merge",
};

const mergeOrigins: Record<MergeOrigin, string> = {
  taken: "from the branch",
  combined: "combined from both sides",
  decided: "resolved by you",
};

/** Who or what made a file's change in a version, compared with its parent: in words, null for a kept file. */
export function describeOrigin({
  kind,
  status,
  path,
  mergeOriginOf,
}: Pick<GenerationOutput, "kind"> & Pick<ReviewFile, "status" | "path"> & { mergeOriginOf: MergeOrigins | null }):
  | string
  | null {
  if (status === "kept") return null;
  const mergeOrigin = mergeOriginOf?.(path) ?? null;
  return mergeOrigin === null ? kindOrigins[kind] : mergeOrigins[mergeOrigin];
}
