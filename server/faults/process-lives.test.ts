import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { countPaidTwice } from "./process/fault-model.ts";
import type { RestartedProcess } from "./process/restarted-process.ts";

const victims = ["worker", "database"] as const;
/** The time after the first request of a process in which runs are accepted, taken, called and stored. */
const maxPauseMs = 700;

let host: FaultHost;
let worker: RestartedProcess;

beforeAll(async () => {
  host = await FaultHost.start();
  worker = await host.startWorker({ isOnlyWorker: true });
});
afterAll(() => host.stop());

const succeeds = async (...runIds: RunId[]) => {
  for (const runId of runIds) expect(await host.waitForEnd(runId)).toBe("SUCCEEDED");
};

/** Each from its request to its end. A request without a response is repeated with its key. */
const lives: Record<string, (token: string) => Promise<void>> = {
  async queue(token) {
    const first = await host.submit(`${token}-a`);
    const second = await host.submit(`${token}-b`, {
      parentGenerationId: host.parentId,
      queue: { afterRunId: first },
    });
    await succeeds(first, second);
    expect((await host.getRun(second)).parentGenerationId).toBe((await host.getRun(first)).generationId);
  },
  async behindFirst(token) {
    const first = await host.create(`${token}-a`);
    const second = await host.submitBehind({ token: `${token}-b`, afterRunId: first });
    await succeeds(first, second);
    expect(await host.getRun(second)).toMatchObject({ version: 2, isBranch: false });
  },
  async withdrawn(token) {
    const first = await host.submit(`${token}-a`);
    const queue = { afterRunId: first };
    const second = await host.submit(`${token}-b`, { parentGenerationId: host.parentId, queue });
    await host.cancel(second);
    // The earlier event counts: a prompt that had started stops like any run.
    await succeeds(first);
    expect(["CANCELLED", "SUCCEEDED"]).toContain(await host.waitForEnd(second));
  },
  async candidates(token) {
    const runIds = await host.submitCandidates({ token, count: 3 });
    expect(new Set(runIds).size).toBe(3);
    await succeeds(...runIds);
    const parents = await Promise.all(runIds.map(async (runId) => (await host.getRun(runId)).parentGenerationId));
    expect(new Set(parents)).toEqual(new Set([host.parentId]));
  },
  async ask(token) {
    const runId = await host.ask(token);
    await succeeds(runId);
    expect(await host.getRun(runId)).toMatchObject({ answer: `The answer to ${token}.`, generationId: null });
  },
  async plan(token) {
    const planned = await host.submit(token, { parentGenerationId: host.parentId, plan: "always" });
    expect(await host.waitForEnd(planned)).toBe("NEEDS_REVIEW");
    const { plan: steps } = await host.getRun(planned);
    expect(steps).toEqual([`1. src/${token}.ts: new`]);
    const accepted = await host.accept({ runId: planned, steps });
    await succeeds(accepted);
    expect(await host.getRun(planned)).toMatchObject({ status: "SUCCEEDED", completedByRunId: accepted });
  },
};

test.each(Object.keys(lives))("kills at any moment of a process's life: %s", async (name) => {
  const run = startFaultRun({ suite: `life of ${name}`, eachChange: 4, nightly: 60 });
  host.model.beforeReply = () => delay(run.integer({ min: 0, max: 150 }));
  const kills = Array.from({ length: run.size }, (_, index) => ({
    token: `${name}-${index}`,
    victim: victims[index % victims.length],
    pauseMs: run.integer({ min: 0, max: maxPauseMs }),
  }));
  for (const { token, victim, pauseMs } of kills) {
    const killing = delay(pauseMs).then(() =>
      victim === "database" ? host.database.kill() : worker.signal("SIGKILL"),
    );
    await lives[name]?.(token);
    await killing;
    await waitUntil({
      what: "the worker and the database are up again",
      timeoutMs: 60_000,
      isTrue: async () => (await host.database.isUp()) && (await host.isWorking(worker)),
    });
  }
  const report = await host.check();
  run.report({ kills: run.size, ...toFigures(report) });
  expect(report.faults).toEqual([]);
  // The token of candidates belongs to several runs.
  const single = kills.flatMap(({ token }) => (name === "candidates" ? [] : [token, `${token}-a`, `${token}-b`]));
  expect(single.filter((token) => countPaidTwice({ calls: host.model.calls, token }) > 0)).toEqual([]);
});
