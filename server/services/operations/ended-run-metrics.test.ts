import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { EndedRunFigures } from "#server/store/runs/run-figures.ts";
import { EndedRunMetrics } from "./ended-run-metrics.ts";

const startMs = Date.parse("2026-05-20T12:00:00.000Z");

function end(change: Partial<EndedRunFigures> & { afterMs?: number }): EndedRunFigures {
  const { afterMs = 0, ...figures } = change;
  return {
    runId: "r1",
    endedAt: new Date(startMs + afterMs),
    status: "SUCCEEDED",
    modelId: "m:x",
    usage: { ...noUsage, modelCalls: 2, inputTokens: 30, outputTokens: 4 },
    failureCode: null,
    stages: [],
    retryCodes: [],
    ...figures,
  };
}

/** Metrics of these runs. The test adds runs to the list, as the database would. */
function open(runs: EndedRunFigures[]) {
  const registry = new Registry();
  const pages: { since: Date; skip: number }[] = [];
  const metrics = new EndedRunMetrics({
    registry,
    listEnded: async ({ since, skip, limit }) => {
      pages.push({ since, skip });
      return runs.filter(({ endedAt }) => endedAt >= since).slice(skip, skip + limit);
    },
  });
  const read = async () => {
    await metrics.update();
    return (await registry.metrics()).split("\n");
  };
  return { read, pages };
}

it("counts each run once, also one whose end was stamped before the last update and stored after it", async () => {
  const runs = [end({ afterMs: 200_000 })];
  const { read, pages } = open(runs);
  await read();
  expect(await read()).toContain('graft_runs_ended_total{status="SUCCEEDED"} 1');
  runs.unshift(end({ runId: "r2", afterMs: 100_000 }));
  const lines = await read();
  expect(lines).toContain('graft_runs_ended_total{status="SUCCEEDED"} 2');
  expect(lines).toContain('graft_model_calls_total{model="m:x"} 4');
  expect(lines).toContain('graft_model_tokens_total{model="m:x",direction="input"} 60');
  expect(pages.map(({ since }) => since.getTime())).toEqual([0, startMs + 80_000, startMs + 80_000]);
});

it("reads long lists in pages", async () => {
  const { read, pages } = open(Array.from({ length: 1_100 }, (_, index) => end({ runId: `r${index}` })));
  expect(await read()).toContain('graft_runs_ended_total{status="SUCCEEDED"} 1100');
  expect(pages.map(({ skip }) => skip)).toEqual([0, 500, 1_000]);
});

it("counts failures that a provider caused, and no others", async () => {
  const lines = await open([
    end({ status: "FAILED", failureCode: "PROVIDER_AUTH", usage: null, retryCodes: ["RATE_LIMITED", "unknown"] }),
    end({ runId: "r2", status: "FAILED", failureCode: "EDIT_FAILED" }),
  ]).read();
  expect(lines.filter((line) => line.startsWith("graft_provider_errors_total"))).toEqual([
    'graft_provider_errors_total{code="RATE_LIMITED"} 1',
    'graft_provider_errors_total{code="PROVIDER_AUTH"} 1',
  ]);
});

it("bounds the labels of models, which users choose", async () => {
  const lines = await open(
    Array.from({ length: 60 }, (_, index) => end({ runId: `r${index}`, modelId: `m:${index}` })),
  ).read();
  const calls = lines.filter((line) => line.startsWith("graft_model_calls_total"));
  expect(calls).toHaveLength(51);
  expect(calls).toContain('graft_model_calls_total{model="other"} 20');
});
