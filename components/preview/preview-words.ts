import { previewSteps, type PreviewStep } from "#lib/contracts/versions/preview-state.ts";
import type { PreviewView } from "./preview-view.ts";

export const stepWords: Record<PreviewStep, string> = {
  files: "Copy the files",
  packages: "Install packages",
  database: "Make a database",
  prepare: "Prepare the project",
  start: "Start the program",
};

type StepState = "done" | "running" | "pending";

/** The state of each step relative to the running one. A skipped step counts as done. */
export function listStepStates(current: PreviewStep | null): { step: PreviewStep; state: StepState }[] {
  const at = current === null ? -1 : previewSteps.indexOf(current);
  return previewSteps.map((step, index) => ({
    step,
    state: index < at ? "done" : index === at ? "running" : "pending",
  }));
}

/** One sentence for a screen reader; null if there is nothing to announce. */
export function announce({ view, version }: { view: PreviewView; version: number }): string | null {
  const name = `The preview of v${version}`;
  switch (view.kind) {
    case "starting":
      return view.step === null ? `${name} waits for its turn.` : `${name}: ${stepWords[view.step]}.`;
    case "ready":
      return `${name} is ready.`;
    case "stopped":
      return `${name} has stopped. ${view.reason ?? ""}`.trim();
    case "failed":
      return `${name} did not start. ${view.reason ?? ""}`.trim();
    case "loading":
    case "failing":
    case "unavailable":
    case "ask":
    case "none":
      return null;
  }
}
