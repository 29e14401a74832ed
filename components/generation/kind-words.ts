import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";

/** How a version was made, in the words of every screen. */
export const kindWords: Record<GenerationKind, string> = {
  create: "created",
  iterate: "iteration",
  rollback: "roll back",
  restore: "files restored",
  edit: "manual edit",
  accept: "accepted",
  merge: "merge",
  import: "import",
  push: "pushed with git",
};

/** The same with the source version, if known. */
export function describeKind({ kind, sourceVersion }: { kind: GenerationKind; sourceVersion: number | null }): string {
  if (sourceVersion === null) return kindWords[kind];
  return kind === "rollback" ? `roll back to v${sourceVersion}` : `${kindWords[kind]} from v${sourceVersion}`;
}
