/** What a browser needs first about a run. Free of zod: importing a schema would load all of zod into every page. */
export const runStatuses = ["QUEUED", "RUNNING", "SUCCEEDED", "NEEDS_REVIEW", "FAILED", "CANCELLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

export function isActive(status: RunStatus): boolean {
  return status === "QUEUED" || status === "RUNNING";
}

/** The purpose of a run. Only `generate` can change files; the other kinds cannot make a version. */
export const runKinds = ["generate", "ask", "plan"] as const;
export type RunKind = (typeof runKinds)[number];

export const requestedModes = ["auto", "classic", "enhanced"] as const;
export type RequestedMode = (typeof requestedModes)[number];

export const stageNames = [
  "load-context",
  "extract-schema",
  "generate-changes",
  "merge-changes",
  "validate-result",
  "store-generation",
] as const;
export type StageName = (typeof stageNames)[number] | "answer-question" | "make-plan";

/** The stages of each kind of run, in order. */
export const stagesByKind: Readonly<Record<RunKind, readonly StageName[]>> = {
  generate: stageNames,
  ask: ["load-context", "extract-schema", "answer-question"],
  plan: ["load-context", "extract-schema", "make-plan"],
};
