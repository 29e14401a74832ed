import { expect, test } from "vitest";
import type { JudgedCheck, RunEvent } from "#lib/contracts/runs/run-event.ts";
import { describePhase } from "../run-phase.ts";
import { RunProgress } from "../run-progress.ts";

const counts = { kept: 0, modified: 1, added: 0, deleted: 0, moved: 0, total: 1 };
const judged = (name: string, isHolding: boolean): JudgedCheck => ({
  name,
  status: isHolding ? "failed" : "passed",
  againstParent: isHolding ? "newly-failing" : "passing",
  newFailureCount: isHolding ? 1 : 0,
  durationMs: 2_000,
  isHolding,
  flakyCount: 0,
});

function follow(...events: RunEvent[]) {
  const progress = new RunProgress();
  const all: RunEvent[] = [
    { type: "started", model: "m:x", attempt: 1 },
    { type: "stage.started", stage: "run-checks" },
    ...events,
  ];
  all.forEach((event, index) => progress.apply({ sequence: index + 1, at: "2026-05-20T12:00:00.000Z", event }));
  return progress.toView();
}

const queued: RunEvent = { type: "checks.queued", names: ["types", "tests"], parentNames: [] };

test("a run that waits for its checks names the running one", () => {
  const phase = (...events: RunEvent[]) => describePhase(follow(...events));
  expect(phase(queued)).toBe("Checks: waiting for their turn");
  expect(phase({ ...queued, parentNames: ["tests"] })).toBe("Checks: first those of the parent (tests)");
  expect(phase(queued, { type: "project.check", name: "tests", status: "running" })).toBe("Checks: tests");
});

test("the check stage precedes the one that stores, and is where a held run stopped", () => {
  const view = follow(
    queued,
    { type: "project.check", name: "types", status: "passed", durationMs: 900 },
    { type: "checks.judged", checks: [judged("types", false), judged("tests", true)] },
    { type: "stage.done", stage: "run-checks", durationMs: 5_000 },
    { type: "needs.review", candidate: { counts, changes: [], issues: [], isPartial: false }, reason: "" },
  );
  expect(view.stages.map(({ name }) => name).slice(-2)).toEqual(["run-checks", "store-generation"]);
  expect(view.stages.find(({ name }) => name === "run-checks")).toMatchObject({ status: "failed", durationMs: 5_000 });
  expect(view.projectChecks.items.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "types passed",
    "tests failed",
  ]);
});

test("another candidate has new checks", () => {
  const view = follow(
    queued,
    { type: "checks.judged", checks: [judged("types", false), judged("tests", true)] },
    { type: "checks.queued", names: ["types"], parentNames: [] },
  );
  expect(view.projectChecks.items.map(({ name, status }) => `${name} ${status}`)).toEqual(["types queued"]);
});
