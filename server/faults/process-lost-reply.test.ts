import { afterAll, beforeAll, expect, test } from "vitest";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { FaultHost } from "./process/fault-host.ts";
import { getFaultPoint } from "./process/fault-points.ts";
import { FaultTrap } from "./process/fault-trap.ts";

let host: FaultHost;
beforeAll(async () => {
  host = await FaultHost.start();
});
afterAll(() => host.stop());

/** One in this many runs also loses the reply to the commit that stores its result. */
const workerCutEvery = 5;

const cut = () => "cut" as const;

test("A3: the reply to a commit is lost and the client retries with its key: one run per key, stored once", async () => {
  const run = startFaultRun({ suite: "A3", eachChange: 50, nightly: 200 });
  const [webTrap, workerTrap] = [new FaultTrap(), new FaultTrap()];
  await host.startWorker({ isOnlyWorker: true, observe: workerTrap.observe });
  const { baseUrl } = await host.startWeb({ observe: webTrap.observe });
  const waitsMs: number[] = [];
  let workerCuts = 0;
  for (let index = 0; index < run.size; index += 1) {
    const startedAt = Date.now();
    const lostByWeb = webTrap.arm({ point: getFaultPoint("commit-run"), when: "after", spring: cut });
    const isLostByWorker = index % workerCutEvery === 0;
    const lostByWorker = isLostByWorker
      ? workerTrap.arm({ point: getFaultPoint("commit-generation"), when: "after", spring: cut })
      : Promise.resolve();
    await Promise.all([lostByWeb, lostByWorker, host.submitOverHttp({ baseUrl, token: `reply-${index}` })]);
    if (isLostByWorker) workerCuts += 1;
    waitsMs.push(Date.now() - startedAt);
  }
  await host.waitForAllEnds();
  const report = await host.check();
  run.report({
    cuts: run.size,
    "cuts of the worker": workerCuts,
    ...toFigures(report),
    accepted: summarizeTimes(waitsMs).text,
  });
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ acknowledged: run.size, succeeded: run.size });
  expect(await host.countRunsByKey()).toEqual(new Set([1]));
});
