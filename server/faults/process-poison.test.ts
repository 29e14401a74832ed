import { afterAll, beforeAll, expect, test } from "vitest";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun } from "./fault-run.ts";
import { FaultHost } from "./process/fault-host.ts";

const healthyCount = 20;

let host: FaultHost;
beforeAll(async () => {
  host = await FaultHost.start();
});
afterAll(() => host.stop());

test("A6: a run that always kills its worker is given up with a message, and the others beside it succeed", async () => {
  const run = startFaultRun({ suite: "A6", eachChange: 1, nightly: 5 });
  const worker = await host.startWorker({ isOnlyWorker: true });
  let kills = 0;
  host.model.beforeReply = ({ token }) => {
    if (!token.startsWith("poison")) return;
    kills += 1;
    worker.signal("SIGKILL");
  };
  for (let round = 0; round < run.size; round += 1) {
    const tokens = Array.from({ length: healthyCount }, (_, index) => `healthy-${round}-${index}`);
    const poisonId = await host.submit(`poison-${round}`);
    const healthyIds = await Promise.all(tokens.map((token) => host.submit(token)));
    expect(await host.waitForEnd(poisonId)).toBe("FAILED");
    await host.waitForAllEnds();
    const statuses = await Promise.all(healthyIds.map((runId) => host.waitForEnd(runId)));
    expect(statuses.filter((status) => status !== "SUCCEEDED")).toEqual([]);
    expect((await host.getRun(poisonId)).failure).toMatchObject({
      code: "WORKER_LOST",
      isRetryable: true,
      message: expect.stringContaining("the parent is unchanged"),
    });
  }
  const report = await host.check();
  run.report({ kills, ...toFigures(report) });
  expect(report.faults).toEqual([]);
});
