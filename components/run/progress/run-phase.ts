import type { StageName } from "#lib/contracts/runs/run-state.ts";
import type { RunStage } from "#lib/contracts/runs/run.ts";
import { describeFollowedChecks } from "./followed/followed-checks.ts";
import { countPlannedFiles } from "./plan-progress.ts";
import type { RunEnd, RunView } from "./run-progress.ts";

/** The stages in words for users. */
export const stageWords: Record<StageName, string> = {
  "load-context": "Read parent",
  "extract-schema": "Read schema",
  "generate-changes": "Write",
  "merge-changes": "Merge",
  "validate-result": "Check",
  "run-checks": "Project checks",
  "store-generation": "Store",
  "answer-question": "Answer",
  "make-plan": "Plan",
};

/** The current stage of a run, in a word; empty before its start and after its end. */
export function nameRunningStage(stages: readonly RunStage[]): string {
  const stage = stages.find(({ status }) => status === "running");
  return stage === undefined ? "" : stageWords[stage.name];
}

const doingWords: Record<StageName, string> = {
  "load-context": "Reading the parent's files",
  "extract-schema": "Reading the schema",
  "generate-changes": "Waiting for the model",
  "merge-changes": "Merging with the parent",
  "validate-result": "Checking the result",
  "run-checks": "Running the project's checks",
  "store-generation": "Storing the new version",
  "answer-question": "Waiting for the model",
  "make-plan": "Waiting for the model",
};

/** The current activity of a run in words. */
export function describePhase(view: RunView): string {
  if (view.isCancelRequested && view.end === null) return "Stopping";
  if (view.attempt === 0) return "Waiting for a worker";
  if (view.notice?.type === "waiting" && view.end === null) return "Waiting for the provider";
  const current = view.stages.find(({ status }) => status === "running");
  if (current === undefined) return "Going on";
  if (current.name === "run-checks") return describeFollowedChecks(view.projectChecks);
  if (current.name !== "generate-changes") return doingWords[current.name];
  const writing = view.files.filter(({ status }) => status === "writing");
  const newest = writing.at(-1);
  if (newest === undefined) {
    if (view.repair !== null) return `Repairing, round ${view.repair.round}`;
    return view.lookups.length > 0 ? "The model reads the project" : doingWords["generate-changes"];
  }
  return `${countWriting({ view, position: view.files.indexOf(newest) + 1 })} · ${newest.path}`;
}

/** "Writing 4 of 11", if the plan gives the number of files. */
function countWriting({ view, position }: { view: RunView; position: number }): string {
  const planned = countPlannedFiles(view.plan);
  return planned >= position && planned > 1 ? `Writing ${position} of ${planned}` : `Writing file ${position}`;
}

/** A short form for the tab's title. */
export function describePhaseBriefly(view: RunView): string {
  if (view.end !== null) return describeEnd(view.end);
  if (view.isCancelRequested) return describePhase(view);
  const isWriting = view.stages.some(({ name, status }) => name === "generate-changes" && status === "running");
  if (!isWriting || view.files.length === 0) return describePhase(view);
  return countWriting({ view, position: view.files.length });
}

function describeEnd(end: RunEnd): string {
  switch (end.type) {
    case "succeeded":
      return `Done: v${end.version}`;
    case "needs.review":
      return "Needs your decision";
    case "answered":
      return "Answered";
    case "planned":
      return "Plan to accept";
    case "failed":
      return "Failed";
    case "cancelled":
      return "Cancelled";
  }
}
