import { expect, test } from "vitest";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { describeStop, findCreation, findRunToWaitFor, listWaitingLines, moveRun } from "./queue-order.ts";

/** Only the fields that these functions read. */
function run({
  runId,
  after,
  afterStatus = "QUEUED",
  kind = "generate",
  parent = null,
}: {
  runId: string;
  after?: string;
  afterStatus?: RunOutput["status"];
  kind?: RunOutput["kind"];
  parent?: string | null;
}): RunOutput {
  return {
    runId,
    kind,
    createdAt: `2026-01-01T00:00:0${runId.length}.000Z`,
    parentGenerationId: parent,
    candidate: null,
    waitsFor: after === undefined ? null : { runId: after, status: afterStatus },
  } as RunOutput;
}

test("lists prompts in starting order, one queue after another", () => {
  const lines = listWaitingLines([
    run({ runId: "ccc", after: "bb" }),
    run({ runId: "w", parent: "g1" }),
    run({ runId: "bb", after: "w", afterStatus: "RUNNING" }),
    run({ runId: "xxxx", after: "gone", afterStatus: "FAILED" }),
  ]);
  expect(lines.map(({ isStopped, runs }) => [isStopped, runs.map(({ runId }) => runId)])).toEqual([
    [false, ["bb", "ccc"]],
    [true, ["xxxx"]],
  ]);
});

test("the first version is made by the run without a parent that waits for no other", () => {
  const active = [run({ runId: "bb", after: "a" }), run({ runId: "a" })];
  expect(findCreation(active)?.runId).toBe("a");
  expect(findCreation([run({ runId: "bb", after: "a" }), run({ runId: "w", parent: "g1" })])).toBeNull();
});

test("a prompt waits for the oldest run on its version, but for no question and no waiting run", () => {
  const active = [
    run({ runId: "bb", parent: "g1" }),
    run({ runId: "a", parent: "g1", kind: "ask" }),
    run({ runId: "ccc", parent: "g1" }),
    { ...run({ runId: "a", parent: "g1" }), candidate: { setId: "s", place: 0 } },
    run({ runId: "dddd", parent: "g2" }),
  ];
  expect(findRunToWaitFor({ active, generationId: "g1" })?.runId).toBe("bb");
  expect(findRunToWaitFor({ active, generationId: "g3" })).toBeNull();
  expect(findRunToWaitFor({ active, generationId: null })).toBeNull();
});

test("a prompt moves by one place, and not past an end", () => {
  const runs = [run({ runId: "a" }), run({ runId: "bb" }), run({ runId: "ccc" })];
  const move = (index: number, by: -1 | 1) => moveRun({ runs, runId: runs[index]?.runId ?? ("" as never), by });
  expect(move(0, 1)).toEqual(["bb", "a", "ccc"]);
  expect(move(2, -1)).toEqual(["a", "ccc", "bb"]);
  expect(move(0, -1)).toEqual(["a", "bb", "ccc"]);
});

test("explains why a queue stopped, and what resumes it", () => {
  expect(describeStop({ status: "NEEDS_REVIEW" })).toContain("your decision");
  expect(describeStop({ status: "FAILED" })).toContain("Retry");
  expect(describeStop({ status: "CANCELLED" })).toContain("cancelled");
});
