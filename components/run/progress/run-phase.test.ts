import { expect, it } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { describePhase, describePhaseBriefly } from "./run-phase.ts";
import { RunProgress } from "./run-progress.ts";

const counts = { kept: 0, modified: 0, added: 2, deleted: 0, moved: 0, total: 2 };
const started: RunEvent = { type: "started", model: "m:x", attempt: 1 };
const writing: RunEvent[] = [started, { type: "stage.started", stage: "generate-changes" }];
const first: RunEvent = { type: "file.started", path: "a.ts", operation: "write" };
const second: RunEvent = { type: "file.started", path: "b.ts", operation: "write" };

function viewOf(events: RunEvent[]) {
  const progress = new RunProgress();
  events.forEach((event, index) => progress.apply({ sequence: index + 1, at: "2026-05-20T12:00:00.000Z", event }));
  return progress.toView();
}

it.each<[string, RunEvent[], string, string]>([
  ["before a worker takes it", [{ type: "queued" }], "Waiting for a worker", "Waiting for a worker"],
  [
    "at work on a stage",
    [started, { type: "stage.started", stage: "merge-changes" }],
    "Merging with the parent",
    "Merging with the parent",
  ],
  ["before the first file", writing, "Waiting for the model", "Waiting for the model"],
  [
    "while the model reads",
    [...writing, { type: "model.looked", text: "Read a.ts" }],
    "The model reads the project",
    "The model reads the project",
  ],
  ["at the first file", [...writing, first], "Writing file 1 · a.ts", "Writing file 1"],
  ["at the second file", [...writing, first, second], "Writing file 2 · b.ts", "Writing file 2"],
  [
    "at the second of those that the plan names",
    [
      started,
      { type: "plan", items: ["1. Write `a.ts`", "2. Write `b.ts` and `c.ts`"] },
      ...writing.slice(1),
      first,
      second,
    ],
    "Writing 2 of 3 · b.ts",
    "Writing 2 of 3",
  ],
  [
    "beyond those that the plan names",
    [started, { type: "plan", items: ["1. Write `a.ts`"] }, ...writing.slice(1), first, second],
    "Writing file 2 · b.ts",
    "Writing file 2",
  ],
  [
    "in a repair",
    [
      ...writing,
      first,
      { type: "file.done", path: "a.ts" as FilePath, operation: "write", additions: 1, deletions: 0 },
      { type: "repair.started", round: 2, reasons: ["x"] },
    ],
    "Repairing, round 2",
    "Writing file 1",
  ],
  [
    "until its provider answers again",
    [
      ...writing,
      first,
      { type: "waiting", code: "RATE_LIMITED", until: "2026-05-20T12:05:00.000Z", attempt: 2, maxAttempts: 3 },
    ],
    "Waiting for the provider",
    "Waiting for the provider",
  ],
  [
    "behind that wait",
    [
      ...writing,
      { type: "waiting", code: "RATE_LIMITED", until: "2026-05-20T12:05:00.000Z", attempt: 2, maxAttempts: 3 },
      ...writing,
    ],
    "Waiting for the model",
    "Waiting for the model",
  ],
  ["once cancelling was asked for", [...writing, first, { type: "cancel.requested" }], "Stopping", "Stopping"],
])("names what a run does %s", (_, events, phase, title) => {
  const view = viewOf(events);
  expect(describePhase(view)).toBe(phase);
  expect(describePhaseBriefly(view)).toBe(title);
});

it.each<[RunEvent, string]>([
  [
    { type: "succeeded", generationId: "g" as GenerationId, version: 4, counts, isBranch: false, summary: "" },
    "Done: v4",
  ],
  [
    { type: "needs.review", candidate: { counts, changes: [], issues: [], isPartial: false }, reason: "" },
    "Needs your decision",
  ],
  [{ type: "failed", failure: { code: "NO_CHANGES", message: "", isRetryable: true } }, "Failed"],
  [{ type: "cancelled", finishedPaths: [] }, "Cancelled"],
])("names the end of a run: %j", (end, title) => {
  expect(describePhaseBriefly(viewOf([...writing, end]))).toBe(title);
});
