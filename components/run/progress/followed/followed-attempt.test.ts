import { expect, it } from "vitest";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { FollowedAttempt } from "./followed-attempt.ts";

const startMs = Date.parse("2026-05-20T12:00:00.000Z");
const counts = { kept: 14, modified: 0, added: 1, deleted: 0, moved: 0, total: 15 };

/** One second between two events. */
function follow(events: RunEvent[]): FollowedAttempt {
  const attempt = new FollowedAttempt();
  events.forEach((event, index) => attempt.apply({ at: new Date(startMs + index * 1_000).toISOString(), event }));
  return attempt;
}

function viewOf(events: RunEvent[]) {
  return follow(events).toView();
}

it("adds up the durations of a stage that a repair repeats", () => {
  const visit = (durationMs: number): RunEvent[] => [
    { type: "stage.started", stage: "generate-changes" },
    { type: "stage.done", stage: "generate-changes", durationMs },
  ];
  const view = viewOf([...visit(300), { type: "repair.started", round: 1, reasons: ["x"] }, ...visit(200)]);
  expect(view.stages.find(({ name }) => name === "generate-changes")).toMatchObject({
    status: "done",
    durationMs: 500,
  });
  expect(view.repair).toEqual({ round: 1, reasons: ["x"] });
});

it("marks the stage in which a run failed, with its duration until then", () => {
  const view = viewOf([
    { type: "stage.started", stage: "merge-changes" },
    { type: "failed", failure: { code: "EDIT_FAILED", message: "No.", isRetryable: true } },
  ]);
  expect(view.stages.find(({ name }) => name === "merge-changes")).toEqual({
    name: "merge-changes",
    status: "failed",
    startedAt: null,
    durationMs: 1_000,
  });
});

it("marks the checks if their findings ended the run, and keeps the newest of each", () => {
  const check = (name: string, status: "passed" | "failed"): RunEvent => ({
    type: "check.done",
    check: name,
    status,
    durationMs: 3,
    issueCount: 0,
    issues: [],
  });
  const view = viewOf([
    { type: "stage.started", stage: "validate-result" },
    check("syntax", "failed"),
    check("elision", "passed"),
    { type: "stage.done", stage: "validate-result", durationMs: 5 },
    { type: "repair.started", round: 1, reasons: ["x"] },
    { type: "stage.started", stage: "validate-result" },
    check("syntax", "passed"),
    check("elision", "failed"),
    { type: "stage.done", stage: "validate-result", durationMs: 5 },
    { type: "needs.review", candidate: { counts, changes: [], issues: [], isPartial: false }, reason: "" },
  ]);
  expect(view.checks.map(({ check: name, status }) => [name, status])).toEqual([
    ["syntax", "passed"],
    ["elision", "failed"],
  ]);
  expect(view.stages.find(({ name }) => name === "validate-result")?.status).toBe("failed");
});

it("shows a stage as pending again while the run waits for its provider", () => {
  const attempt = follow([
    { type: "stage.started", stage: "generate-changes" },
    { type: "waiting", code: "RATE_LIMITED", until: "2026-05-20T12:05:00.000Z", attempt: 2, maxAttempts: 3 },
  ]);
  expect(attempt.isIn("generate-changes")).toBe(false);
  expect(attempt.toView().stages.find(({ name }) => name === "generate-changes")).toMatchObject({
    status: "pending",
    startedAt: null,
  });
});

it("keeps earlier views as they were", () => {
  const attempt = follow([{ type: "model.looked", text: "Read a.ts" }]);
  const before = attempt.toView();
  attempt.apply({ at: new Date(startMs).toISOString(), event: { type: "model.looked", text: "Read b.ts" } });
  attempt.apply({ at: new Date(startMs).toISOString(), event: { type: "plan", items: ["1. a"] } });
  expect(before).toMatchObject({ lookups: ["Read a.ts"], plan: [] });
});
