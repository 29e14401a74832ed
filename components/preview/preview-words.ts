import { previewSteps, type PreviewStep } from "#lib/contracts/versions/preview.ts";
import type { PreviewView } from "./preview-view.ts";

export const stepWords: Record<PreviewStep, string> = {
  files: "Copy the files",
  packages: "Install packages",
  database: "Make a database",
  prepare: "Prepare the project",
  start: "Start the program",
};

export type StepState = "done" | "running" | "pending";

/** Each step, seen from the one that is under way. A step that a version does not need counts as done once it is passed. */
export function listStepStates(current: PreviewStep | null): { step: PreviewStep; state: StepState }[] {
  const at = current === null ? -1 : previewSteps.indexOf(current);
  return previewSteps.map((step, index) => ({
    step,
    state: index < at ? "done" : index === at ? "running" : "pending",
  }));
}

/** One sentence for who does not see the state change; null where there is nothing to tell. */
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
