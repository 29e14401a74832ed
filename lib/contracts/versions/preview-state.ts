/** The steps of a preview before its program responds, in order; unnecessary ones are skipped. */
export const previewSteps = ["files", "packages", "database", "prepare", "start"] as const;
export type PreviewStep = (typeof previewSteps)[number];

/** STOPPED: the program had responded and ended, or was stopped. FAILED: it never responded. */
export const previewStatuses = ["STARTING", "READY", "STOPPED", "FAILED"] as const;
export type PreviewStatus = (typeof previewStatuses)[number];

export function isLivePreview(status: PreviewStatus): boolean {
  return status === "STARTING" || status === "READY";
}
