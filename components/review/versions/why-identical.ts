import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";

type Version = Pick<GenerationOutput, "generationId" | "version" | "kind" | "sourceGenerationId">;

/** Why no file differs between two versions, judged by how they were made. */
export function whyIdentical({ base, head }: { base: Version; head: Version }): string {
  if (base.generationId === head.generationId) return "Choose another version above to see what differs.";
  const [older, newer] = base.version < head.version ? [base, head] : [head, base];
  if (newer.kind === "rollback" && newer.sourceGenerationId === older.generationId)
    return `v${newer.version} was made by rolling back to v${older.version}, so it has the same files.`;
  if (newer.kind === "rollback")
    return `v${newer.version} was made by rolling back to an earlier version, which had the same files as v${older.version}.`;
  return "All files have the same paths and contents in both.";
}
