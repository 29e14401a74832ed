import { afterEach, beforeEach, expect, test } from "vitest";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { promptFor, startFaultModel, type FaultModel } from "./process/fault-model.ts";
import { StartedGraft } from "./process/started-graft.ts";

const recoveryTimeoutMs = 120_000;

test("a run of a killed worker is taken over by another process", async () => {
  const run = startFaultRun({ suite: "take-over", eachChange: 1, nightly: 5 });
  const takeOversMs: number[] = [];
  for (let round = 0; round < run.size; round += 1) {
    const host = await FaultHost.start();
    try {
      const replies = Promise.withResolvers<void>();
      host.model.beforeReply = ({ turn }) => (turn === 1 ? replies.promise : undefined);
      const worker = await host.startWorker({ isOnlyWorker: false });
      const runId = await host.submit("taken-over");
      await waitUntil({
        what: "the run is in its last call",
        timeoutMs: recoveryTimeoutMs,
        isTrue: async () => host.model.calls.length === 2,
      });
      await host.startWorker({ isOnlyWorker: false });
      const killedAt = Date.now();
      await worker.stop();
      await waitUntil({
        what: "the model is asked again",
        timeoutMs: recoveryTimeoutMs,
        isTrue: async () => host.model.calls.length > 2,
      });
      takeOversMs.push(Date.now() - killedAt);
      replies.resolve();
      expect(await host.waitForEnd(runId)).toBe("SUCCEEDED");
      // The first call was stored: only the one in flight is repeated.
      expect(host.model.calls.map(({ turn }) => turn)).toEqual([0, 1, 1]);
      expect((await host.check()).faults).toEqual([]);
    } finally {
      await host.stop();
    }
  }
  run.report({ "asked again after": summarizeTimes(takeOversMs).text });
});

let model: FaultModel;
let graft: StartedGraft | null = null;

beforeEach(async () => {
  model = await startFaultModel();
});

afterEach(async () => {
  await graft?.end();
  graft = null;
  await model.close();
});

test("one host: any process that dies is restarted, and the active run continues; repeated deaths are restarted with growing delays", async () => {
  const run = startFaultRun({ suite: "one host", eachChange: 1, nightly: 1 });
  const started = await StartedGraft.start({ command: "supervisor", modelUrl: model.url });
  graft = started;
  const processes = { worker: "worker-main.ts", web: "next", database: "bin/postgres" };
  const times: Record<string, string> = {};
  for (const victims of [["worker"], ["web"], ["database"], ["worker", "web", "database"]] as const) {
    const replies = Promise.withResolvers<void>();
    model.beforeReply = () => replies.promise;
    const callsBefore = model.calls.length;
    const runId = await submit({ started, token: `after-${victims.join("-")}` });
    await waitUntil({
      what: "the model is asked",
      timeoutMs: recoveryTimeoutMs,
      isTrue: async () => model.calls.length > callsBefore,
    });
    const pids = victims.map((victim) => started.findPid(processes[victim]));
    const callsAtKill = model.calls.length;
    const killedAt = Date.now();
    for (const pid of pids) process.kill(pid, "SIGKILL");
    // A kill of only the database lets the worker's call continue: its next write fails.
    const isCallInterrupted = victims.some((victim) => victim === "worker");
    if (!isCallInterrupted) replies.resolve();
    else
      await waitUntil({
        what: "the model is asked again",
        timeoutMs: recoveryTimeoutMs,
        isTrue: async () => model.calls.length > callsAtKill,
      });
    const workedAgainMs = Date.now() - killedAt;
    await waitUntil({
      what: "the page is served again",
      timeoutMs: recoveryTimeoutMs,
      isTrue: () => started.isHealthy(),
    });
    if (victims.some((victim) => victim === "web"))
      times[`${victims.join("+")}: served again after`] = `${Date.now() - killedAt} ms`;
    if (isCallInterrupted) times[`${victims.join("+")}: worked again after`] = `${workedAgainMs} ms`;
    replies.resolve();
    await waitUntil({
      what: "the run succeeds",
      timeoutMs: recoveryTimeoutMs,
      isTrue: async () => (await readStatus({ started, runId })) === "SUCCEEDED",
    });
    times[`${victims.join("+")}: run ended after`] = `${Date.now() - killedAt} ms`;
  }
  for (let kill = 0; kill < 2; kill += 1) {
    const pid = await findWorker(started);
    process.kill(pid, "SIGKILL");
    await waitUntil({
      what: "a worker runs again",
      timeoutMs: recoveryTimeoutMs,
      isTrue: async () => (await findWorker(started)) !== pid,
    });
  }
  const delays = [...started.log.matchAll(/"name":"worker".*?"restartDelayMs":(\d+)/g)].map((match) =>
    Number(match[1]),
  );
  run.report({ ...times, "restart delays of the worker": delays.join(" ") });
  const [last = 0, lastButOne = 0] = delays.toReversed();
  expect(last).toBe(2 * lastButOne);
});

async function findWorker(started: StartedGraft): Promise<number> {
  return started.findPid("worker-main.ts");
}

async function submit({ started, token }: { started: StartedGraft; token: string }): Promise<string> {
  const response = await fetch(`${started.baseUrl}/api/generations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: promptFor(token), model: "compatible:loopback", mode: "classic" }),
  });
  expect(response.status).toBe(202);
  const { run_id: runId } = (await response.json()) as { run_id: string };
  return runId;
}

async function readStatus({ started, runId }: { started: StartedGraft; runId: string }): Promise<string> {
  const response = await fetch(
    `${started.baseUrl}/api/trpc/run.get?input=${encodeURIComponent(JSON.stringify({ runId }))}`,
  );
  const { result } = (await response.json()) as { result: { data: { status: string } } };
  return result.data.status;
}
