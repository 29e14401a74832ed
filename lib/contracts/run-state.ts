/** What the browser needs of a run at its start. Without zod: importing a schema would load all of it into every page. */
export const runStatuses = ["QUEUED", "RUNNING", "SUCCEEDED", "NEEDS_REVIEW", "FAILED", "CANCELLED"] as const;
export type RunStatus = (typeof runStatuses)[number];

export function isActive(status: RunStatus): boolean {
  return status === "QUEUED" || status === "RUNNING";
}

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
export type StageName = (typeof stageNames)[number];
