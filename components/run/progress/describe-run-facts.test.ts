import { expect, test } from "vitest";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { RunFailure, RunOutput } from "#lib/contracts/runs/run.ts";
import { describeRunFacts } from "./describe-run-facts.ts";

const run = {
  runId: "run-1",
  projectId: "project-1",
  parentGenerationId: null,
  status: "FAILED",
  model: "a:b",
  mode: "auto",
  prompt: "the secret prompt",
  createdAt: "2026-01-01T00:00:00.000Z",
  endedAt: "2026-01-01T00:00:09.000Z",
  usage: noUsage,
} as unknown as RunOutput;

test("names, codes and times, one per line, without the prompt", () => {
  const failure: RunFailure = { code: "EDIT_FAILED", message: "A change\ncould not be applied.", isRetryable: true };
  const text = describeRunFacts({
    run,
    failure,
    view: {
      attempt: 2,
      mode: { name: "classic", reason: "Short." },
      usage: { ...noUsage, modelCalls: 3, inputTokens: 10, outputTokens: 5 },
      stages: [
        { name: "load-context", status: "done", startedAt: null, durationMs: 12 },
        { name: "merge-changes", status: "pending", startedAt: null, durationMs: 0 },
      ],
    },
  });
  expect(text.split("\n")).toEqual([
    "run            run-1",
    "project        project-1",
    "parent         none",
    "status         FAILED",
    "code           EDIT_FAILED",
    "message        A change could not be applied.",
    "model          a:b",
    "mode           auto, classic",
    "attempt        2",
    "created        2026-01-01T00:00:00.000Z",
    "ended          2026-01-01T00:00:09.000Z",
    "usage          3 calls, 10 tokens in, 5 out",
    "load-context   done, 12 ms",
    "merge-changes  not started",
  ]);
});
