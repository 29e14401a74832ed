/** What a browser needs first about a run. Free of zod: importing a schema would load all of zod into every page. */
export const runStatuses = ["QUEUED", "RUNNING", "SUCCEEDED", "NEEDS_REVIEW", "FAILED", "CANCELLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

export function isActive(status: RunStatus): boolean {
  return status === "QUEUED" || status === "RUNNING";
}

/** The purpose of a run. Only `generate` can change files; the other kinds cannot make a version. */
const runKinds = ["generate", "ask", "plan"] as const;
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
/** `run-checks` precedes `store-generation` in projects where a new failure holds a version. */
export type StageName = (typeof stageNames)[number] | "run-checks" | "answer-question" | "make-plan";

/** Inserts an optional stage at its position. */
export function insertStage<Stage extends { name: StageName }>(stages: readonly Stage[], stage: Stage): Stage[] {
  const at = stages.findIndex(({ name }) => name === "store-generation");
  return at === -1 ? [...stages, stage] : stages.toSpliced(at, 0, stage);
}

/** The stages of each kind of run, in order. */
export const stagesByKind: Readonly<Record<RunKind, readonly StageName[]>> = {
  generate: stageNames,
  ask: ["load-context", "extract-schema", "answer-question"],
  plan: ["load-context", "extract-schema", "make-plan"],
};
