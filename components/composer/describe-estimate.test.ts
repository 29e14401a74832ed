import { expect, test } from "vitest";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { describeEstimate } from "./describe-estimate.ts";

const run = (change: Partial<RunOutput> & { durationMs?: number; costUsd?: number }): RunOutput =>
  ({
    kind: "generate",
    status: "SUCCEEDED",
    model: "a:b",
    endedAt: "2026-01-01T00:00:00.000Z",
    usage: {
      ...noUsage,
      durationMs: change.durationMs ?? 1_000,
      ...(change.costUsd === undefined ? {} : { costUsd: change.costUsd }),
    },
    ...change,
  }) as RunOutput;

test("runs of the same model that made a version give the range", () => {
  const runs = [
    run({ durationMs: 2_000, costUsd: 0.01 }),
    run({ durationMs: 5_000, costUsd: 0.03 }),
    run({ model: "other:model", durationMs: 90_000 }),
    run({ status: "FAILED", durationMs: 80_000 }),
  ];
  expect(describeEstimate({ runs, modelId: "a:b" })).toBe(
    "The last 2 runs with this model took 2.0 s to 5.0 s, $0.01 to $0.03.",
  );
});

test("costs are omitted unless all are known", () => {
  expect(describeEstimate({ runs: [run({ costUsd: 0.01 }), run({})], modelId: "a:b" })).toBe(
    "The last 2 runs with this model took 1.0 s.",
  );
});

test("one run is not enough", () => {
  expect(describeEstimate({ runs: [run({})], modelId: "a:b" })).toBeNull();
});
