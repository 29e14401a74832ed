import { describe, expect, test } from "vitest";
import { SkippablePause } from "#server/orchestrator/skippable-pause.ts";
import { systemClock } from "../clock.ts";
import { ModelFailure } from "./model-failure.ts";
import { retryTurn } from "./retry-turn.ts";
import { createInstantClock } from "../testing/loopback-gateway.ts";

function failure({
  retry = "now",
  retryAfterMs,
}: { retry?: ModelFailure["retry"]; retryAfterMs?: number } = {}): ModelFailure {
  return new ModelFailure({ code: "MODEL_UNAVAILABLE", message: "Down.", retry, retryAfterMs });
}

async function run({
  outcomes,
  clock = createInstantClock(),
  signal = new AbortController().signal,
}: {
  outcomes: (Error | string)[];
  clock?: ReturnType<typeof createInstantClock>;
  signal?: AbortSignal;
}) {
  let tries = 0;
  const retries: number[] = [];
  const result = await retryTurn({
    attempt: async () => {
      const outcome = outcomes[tries];
      tries += 1;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    signal,
    skippablePause: undefined,
    clock,
    onRetry: ({ afterMs }) => retries.push(afterMs),
  }).catch((error: unknown) => error);
  return { result, tries, retries, pausesMs: clock.pausesMs };
}

describe("retryTurn", () => {
  test("gives up after the third try", async () => {
    const last = failure();
    expect(await run({ outcomes: [failure(), failure(), last, "late"] })).toEqual({
      result: last,
      tries: 3,
      retries: [500, 1_000],
      pausesMs: [500, 1_000],
    });
  });

  test("returns the first good result", async () => {
    expect(await run({ outcomes: [failure(), "good"] })).toMatchObject({ result: "good", tries: 2 });
  });

  test.each(["later", "never"] as const)("does not repeat a failure marked %s", async (retry) => {
    expect(await run({ outcomes: [failure({ retry }), "late"] })).toMatchObject({ tries: 1, retries: [] });
  });

  test("does not repeat an error that is not a model failure", async () => {
    expect(await run({ outcomes: [new TypeError("bug"), "late"] })).toMatchObject({ tries: 1 });
  });

  test("waits as long as requested, up to a minute", async () => {
    expect(await run({ outcomes: [failure({ retryAfterMs: 60_000 }), "good"] })).toMatchObject({
      result: "good",
      pausesMs: [60_250],
    });
    expect(await run({ outcomes: [failure({ retryAfterMs: 61_000 }), "late"] })).toMatchObject({
      tries: 1,
      pausesMs: [],
    });
  });

  test("ends a pause at once if the run is cancelled", async () => {
    const stop = new AbortController();
    const startedAtMs = performance.now();
    setTimeout(() => stop.abort(new Error("cancelled")), 20);
    const running = retryTurn({
      attempt: () => Promise.reject(failure({ retryAfterMs: 30_000 })),
      signal: stop.signal,
      skippablePause: new SkippablePause(),
      clock: systemClock,
      onRetry: () => undefined,
    });
    await expect(running).rejects.toThrow("cancelled");
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });

  test("ends only the current pause if the user asks to retry now", async () => {
    const skippablePause = new SkippablePause();
    const stop = new AbortController();
    let tries = 0;
    const running = retryTurn({
      attempt: async () => {
        tries += 1;
        throw failure({ retryAfterMs: 30_000 });
      },
      signal: stop.signal,
      skippablePause,
      clock: systemClock,
      onRetry: () => undefined,
    });
    skippablePause.skip();
    await expect.poll(() => tries).toBe(1);
    skippablePause.skip();
    skippablePause.skip();
    await expect.poll(() => tries).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tries).toBe(2);
    stop.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
  });
});
