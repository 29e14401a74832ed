import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { checkHealth } from "#server/services/operations/check-health.ts";
import { cancelRun } from "#server/services/runs/cancel-run.ts";
import type { SupervisedProcess } from "#server/supervisor/supervise-process.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { getPlantedBug } from "./process/planted-bugs.ts";

const waitMs = 60_000;

let host: FaultHost;
let worker: SupervisedProcess;
const startWorker = (silenceLimitMs: number) => {
  worker = host.superviseWorker({ bug: getPlantedBug("endlessLoop"), silenceLimitMs });
};

beforeAll(async () => {
  host = await FaultHost.start();
});
afterEach(() => worker.stop());
afterAll(() => host.stop());

const isRunning = async (runId: Parameters<FaultHost["getRun"]>[0]) => (await host.getRun(runId)).status === "RUNNING";

test("a run that blocks its worker can be cancelled, and another one succeeds after it", async () => {
  // Longer than health needs to notice that a worker does not respond.
  startWorker(8_000);
  const runId = await host.submit("blocks-until-cancelled");
  await waitUntil({ what: "the run is in work", timeoutMs: waitMs, isTrue: () => isRunning(runId) });
  await waitUntil({
    what: "health says that the worker does not answer",
    timeoutMs: waitMs,
    isTrue: async () => (await checkHealth(host.container)).blockedWorkers === 1,
  });
  expect((await checkHealth(host.container)).problems).toEqual([
    expect.stringContaining("1 of 1 workers do not answer. Their supervisor replaces them"),
  ]);
  await cancelRun({ container: host.container, ownerId: "local", runId });
  const healthyId = await host.submit("healthy");
  expect(await host.waitForEnd(runId)).toBe("CANCELLED");
  expect(await host.waitForEnd(healthyId)).toBe("SUCCEEDED");
  expect((await checkHealth(host.container)).status).toBe("ok");
});

test("a run that blocks its worker three times ends with its reason", async () => {
  startWorker(1_000);
  const runId = await host.submit("blocks-for-ever");
  expect(await host.waitForEnd(runId, { timeoutMs: 2 * waitMs })).toBe("FAILED");
  expect((await host.getRun(runId)).failure).toMatchObject({
    code: "WORKER_LOST",
    message: expect.stringContaining("the parent is unchanged"),
  });
  expect((await host.check()).faults).toEqual([]);
});
