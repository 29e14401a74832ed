import { describe, expect, test } from "vitest";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { ModelFailure } from "./model-failure.ts";
import { createInstantClock } from "../testing/loopback-gateway.ts";

const down = () => Promise.reject(new ModelFailure({ code: "MODEL_UNAVAILABLE", message: "Down.", retry: "now" }));
const limited = () => Promise.reject(new ModelFailure({ code: "RATE_LIMITED", message: "Slow.", retry: "now" }));

function create() {
  const clock = createInstantClock();
  return { clock, breaker: new CircuitBreaker({ clock, label: "The provider" }) };
}

async function fail({ breaker, times }: { breaker: CircuitBreaker; times: number }): Promise<void> {
  for (let time = 0; time < times; time += 1) await expect(breaker.run(down)).rejects.toThrow("Down.");
}

describe("CircuitBreaker", () => {
  test("opens after five failures in a row, for 30 s", async () => {
    const { breaker, clock } = create();
    await fail({ breaker, times: 5 });
    clock.advance(10_000);
    await expect(breaker.run(async () => "never called")).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      retry: "later",
      retryAfterMs: 20_000,
    });
    clock.advance(20_000);
    expect(await breaker.run(async () => "back")).toBe("back");
    await fail({ breaker, times: 4 });
    expect(await breaker.run(async () => "still closed")).toBe("still closed");
  });

  test("a failed probe opens it for another 30 s", async () => {
    const { breaker, clock } = create();
    await fail({ breaker, times: 5 });
    clock.advance(30_000);
    await fail({ breaker, times: 1 });
    clock.advance(29_999);
    await expect(breaker.run(async () => "no")).rejects.toMatchObject({ retry: "later" });
  });

  test("one call probes, and the others continue at its first sign of life", async () => {
    const { breaker, clock } = create();
    await fail({ breaker, times: 5 });
    clock.advance(30_000);
    const { promise, resolve } = Promise.withResolvers<string>();
    let reportAlive: () => void = () => undefined;
    const probe = breaker.run((report) => {
      reportAlive = report;
      return promise;
    });
    await expect(breaker.run(async () => "no")).rejects.toMatchObject({ retry: "later" });
    reportAlive();
    expect(await breaker.run(async () => "yes")).toBe("yes");
    resolve("probed");
    expect(await probe).toBe("probed");
  });

  test("a cancelled probe lets the next call probe", async () => {
    const { breaker, clock } = create();
    await fail({ breaker, times: 5 });
    clock.advance(30_000);
    await expect(breaker.run(() => Promise.reject(new Error("cancelled")))).rejects.toThrow("cancelled");
    expect(await breaker.run(async () => "back")).toBe("back");
  });

  test("counts only failures in which the provider did not answer", async () => {
    const { breaker } = create();
    for (let time = 0; time < 20; time += 1) await expect(breaker.run(limited)).rejects.toThrow("Slow.");
    await fail({ breaker, times: 4 });
    await expect(breaker.run(limited)).rejects.toThrow("Slow.");
    await fail({ breaker, times: 4 });
    expect(await breaker.run(async () => "closed")).toBe("closed");
  });
});
