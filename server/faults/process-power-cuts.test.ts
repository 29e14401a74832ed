import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { createContainer } from "#server/container.ts";
import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { findTestPort } from "#server/testing/find-test-port.ts";
import { checkInvariants, takeSnapshot, toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { waitUntil } from "./process/fault-host.ts";
import { faultKey, promptFor, startFaultModel, type FaultModel } from "./process/fault-model.ts";
import { StartedGraft, startedDataDir } from "./process/started-graft.ts";

const victims = ["worker-main.ts", "worker-main.ts", "next", "bin/postgres", "everything", "everything"] as const;
const clientCount = 4;
const recoveryTimeoutMs = 60_000;
/** Between the recovery from one kill and the next kill. A nightly run has kills as seldom as one in some 10 s. */
const pauses = { nightly: { min: 5_000, max: 12_000 }, eachChange: { min: 100, max: 900 } };

let model: FaultModel;
let graft: StartedGraft | null = null;

beforeEach(async () => {
  model = await startFaultModel();
  model.beforeReply = () => delay(150);
});
afterEach(async () => {
  await graft?.end();
  graft = null;
  await model.close();
});

test("A1 from outside: any process or all at once are killed and restarted at once, and nothing acknowledged is lost", async () => {
  const run = startFaultRun({ suite: "outside kills", eachChange: 20, nightly: 300 });
  const pauseMs = run.isNightly ? pauses.nightly : pauses.eachChange;
  const plan = Array.from({ length: run.size }, () => ({ victim: run.pick(victims), pauseMs: run.integer(pauseMs) }));
  const port = await findTestPort();
  const start = () => StartedGraft.start({ command: "supervisor", modelUrl: model.url, port });
  graft = await start();
  const { baseUrl } = graft;
  const before = await withContainer(takeSnapshot);
  const acknowledged: RunId[] = [];
  const stopping = new AbortController();
  const clients = Promise.all(
    Array.from({ length: clientCount }, async (_, client) => {
      for (let index = 0; !stopping.signal.aborted; index += 1) {
        const runId = await submit({ baseUrl, token: `outside-${run.seed}-${client}-${index}` });
        acknowledged.push(runId);
        await waitUntil({
          what: `run ${runId} has ended`,
          timeoutMs: 3_600_000,
          isTrue: async () => !/QUEUED|RUNNING/.test(await readStatus({ baseUrl, runId })),
        });
      }
    }),
  );
  const logs: string[] = [];
  const recoveries: { victim: (typeof victims)[number]; recoveredMs: number }[] = [];
  let powerCuts = 0;
  for (const { victim, pauseMs: pause } of plan) {
    await delay(pause);
    // The database may count a killed worker for a moment longer.
    if (victim !== "everything") await waitForProcess({ graft, victim });
    const killedAt = performance.now();
    if (victim === "everything") {
      powerCuts += 1;
      graft.cutPower();
      logs.push(graft.log);
      graft = await start();
    } else process.kill(graft.findPid(victim), "SIGKILL");
    await waitUntil({
      what: "web, worker and database answer again",
      timeoutMs: recoveryTimeoutMs,
      isTrue: () => answers(baseUrl),
    });
    recoveries.push({ victim, recoveredMs: performance.now() - killedAt });
  }
  stopping.abort();
  await clients;
  logs.push(graft.log);
  const { report, lostWorkers } = await withContainer(async ({ database }) => ({
    report: await checkInvariants({ database, acknowledged, before, secret: faultKey, logs }),
    lostWorkers: await database.prisma.run.count({
      where: { id: { in: acknowledged }, failure: { path: ["code"], equals: "WORKER_LOST" } },
    }),
  }));
  run.report({
    kills: run.size,
    "power cuts": powerCuts,
    ...toFigures(report),
    "ended by lost workers": `${lostWorkers} (${((100 * lostWorkers) / Math.max(1, acknowledged.length)).toFixed(2)} % of the runs)`,
    "recovered after": summarizeTimes(recoveries.map(({ recoveredMs }) => recoveredMs)).text,
    ...Object.fromEntries(
      [...new Set(victims)].map((victim) => [
        `recovered after a kill of ${victim}`,
        summarizeTimes(recoveries.filter((each) => each.victim === victim).map(({ recoveredMs }) => recoveredMs)).text,
      ]),
    ),
  });
  expect(report.faults).toEqual([]);
  expect(report.lost).toBe(0);
  expect(lostWorkers).toBeLessThanOrEqual(acknowledged.length / 100);
});

async function waitForProcess({ graft, victim }: { graft: StartedGraft; victim: string }): Promise<void> {
  await waitUntil({
    what: `${victim} runs again`,
    timeoutMs: recoveryTimeoutMs,
    isTrue: async () => graft.findPid(victim) > 0,
  });
}

/** On the database of the started product, which keeps running. */
async function withContainer<Result>(
  work: (container: Awaited<ReturnType<typeof createContainer>>) => Promise<Result>,
): Promise<Result> {
  const server = await startEmbeddedPostgres({ dataDir: startedDataDir });
  const container = await createContainer({ connectionString: server.connectionString("graft"), role: "sender" });
  try {
    return await work(container);
  } finally {
    await container.close();
  }
}

/** Like a careful client: retries with the same key until there is a response. */
async function submit({ baseUrl, token }: { baseUrl: string; token: string }): Promise<RunId> {
  const body = JSON.stringify({
    prompt: promptFor(token),
    model: "compatible:loopback",
    mode: "classic",
    idempotencyKey: token,
  });
  // An answer whose body breaks off is no answer.
  const ask = async () => {
    const response = await fetch(`${baseUrl}/api/generations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, text: await response.text() };
  };
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer?.status === 202) return (JSON.parse(answer.text) as { run_id: RunId }).run_id;
    if (answer !== null && answer.status < 500) throw new Error(`${token} was refused: ${answer.text}`);
    await delay(50);
  }
}

async function readStatus({ baseUrl, runId }: { baseUrl: string; runId: RunId }): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ runId }));
  const response = await fetch(`${baseUrl}/api/trpc/run.get?input=${input}`, { signal: AbortSignal.timeout(5_000) });
  const { result } = (await response.json()) as { result: { data: { status: string } } };
  return result.data.status;
}

async function answers(baseUrl: string): Promise<boolean> {
  const response = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(2_000) });
  const { status, workers } = (await response.json()) as { status: string; workers: number };
  return status === "ok" && workers > 0;
}
