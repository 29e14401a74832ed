import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCandidates } from "#server/services/runs/submitting/read-candidates.ts";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun } from "./fault-run.ts";
import { FaultHost } from "./process/fault-host.ts";

let host: FaultHost;
beforeAll(async () => {
  host = await FaultHost.start();
});
afterAll(() => host.stop());

const candidateCount = 3;
const ownerId = "local";
/** The time after the kill in which candidates are taken, called and stored. */
const maxPauseMs = 400;

test("candidates whose worker is killed all end, none of them moves the head, and a choice survives a killed database", async () => {
  const run = startFaultRun({ suite: "candidates", eachChange: 6, nightly: 60 });
  host.model.beforeReply = () => delay(run.integer({ min: 0, max: 150 }));
  const worker = await host.startWorker({ isOnlyWorker: true });
  const head = async () =>
    (await host.container.database.prisma.project.findUniqueOrThrow({ where: { id: host.projectId } }))
      .headGenerationId;
  let lastRunId = null;
  for (let set = 0; set < run.size; set += 1) {
    const runIds = await host.submitCandidates({ token: `candidates-${set}`, count: candidateCount });
    await delay(run.integer({ min: 0, max: maxPauseMs }));
    worker.signal("SIGKILL");
    for (const runId of runIds) expect(await host.waitForEnd(runId)).toBe("SUCCEEDED");
    lastRunId = runIds[0] ?? null;
  }
  expect(await head()).toBe(host.parentId);
  if (lastRunId === null) throw new Error("No set was submitted.");
  const board = await readCandidates({ container: host.container, ownerId, runId: lastRunId });
  const chosen = board.items[1]?.generationId ?? null;
  if (chosen === null) throw new Error("The second candidate made no version.");
  const choosing = host.choose(chosen);
  host.database.kill();
  await choosing;
  const report = await host.check();
  run.report({ "killed workers": run.size, ...toFigures(report) });
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({
    acknowledged: run.size * candidateCount,
    succeeded: run.size * candidateCount,
  });
  expect(await head()).toBe(chosen);
});
