import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { acceptPlan } from "#server/services/runs/submitting/accept-plan.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { queueFaultPoints, talkFaultPoints, type FaultPoint } from "./process/fault-points.ts";
import { FaultTrap } from "./process/fault-trap.ts";
import { countPaidTwice } from "./process/fault-model.ts";
import type { RestartedProcess } from "./process/restarted-process.ts";

const whens = ["before", "after"] as const;
const victims = ["worker", "database"] as const;
const queuedCount = 3;

let host: FaultHost;
let worker: RestartedProcess;
let trap: FaultTrap;
let baseId: GenerationId;

beforeAll(async () => {
  host = await FaultHost.start();
  trap = new FaultTrap();
  worker = await host.startWorker({ isOnlyWorker: true, observe: trap.observe });
  baseId = host.parentId;
});
afterAll(() => host.stop());
beforeEach(() => {
  host.model.beforeReply = () => undefined;
});

/** Every point and moment at which one of both dies. */
const kills = (points: readonly FaultPoint[]) =>
  victims.flatMap((victim) =>
    points.flatMap((point) => whens.map((when) => [victim, point.name, when, { victim, point, when }] as const)),
  );

type Kill = ReturnType<typeof kills>[number][3];

function arm({ victim, point, when }: Kill): Promise<unknown> {
  return trap.arm({
    point,
    when,
    spring() {
      if (victim === "database") host.database.kill();
      else worker.signal("SIGKILL");
      return "cut";
    },
  });
}

async function checkAll(tokens: readonly string[]): Promise<Record<string, number>> {
  const report = await host.check();
  expect(report.faults).toEqual([]);
  expect(tokens.map((token) => countPaidTwice({ calls: host.model.calls, token }))).toEqual(tokens.map(() => 0));
  return toFigures(report);
}

/** The following reads need both. */
const untilAllIsUp = () =>
  waitUntil({
    what: "the worker and the database are up again",
    timeoutMs: 60_000,
    isTrue: async () => (await host.database.isUp()) && (await host.isWorking(worker)),
  });

async function countEvents(runId: RunId, type: string): Promise<number> {
  const { database } = host.container;
  const events = await listRunEvents({ database, runId, afterSequence: 0, limit: 1_000 });
  return events.filter(({ event }) => event.type === type).length;
}

test.each(kills(queueFaultPoints))(
  "queue: the %s dies at %s, %s: every queued prompt starts once, after the version of the one before it",
  async (victim, name, when, kill) => {
    const run = startFaultRun({ suite: `queue ${victim} ${name} ${when}`, eachChange: 1, nightly: 1 });
    const tokens = Array.from({ length: queuedCount + 1 }, (_, index) => `queue-${victim}-${name}-${when}-${index}`);
    const [first = "", ...rest] = tokens;
    // The first run keeps running until all others are queued behind it.
    const queued = Promise.withResolvers<void>();
    host.model.beforeReply = ({ token }) => (token === first ? queued.promise : undefined);
    const runIds = [await host.submit(first, { parentGenerationId: baseId })];
    for (const token of rest)
      runIds.push(
        await host.submit(token, { parentGenerationId: baseId, queue: { afterRunId: runIds.at(-1) as RunId } }),
      );
    const sprung = arm(kill);
    queued.resolve();
    await sprung;
    await untilAllIsUp();
    for (const runId of runIds) expect(await host.waitForEnd(runId)).toBe("SUCCEEDED");
    const { database, treeObjects } = host.container;
    const runs = await Promise.all(runIds.map((runId) => host.getRun(runId)));
    for (const [index, { runId, parentGenerationId }] of runs.entries()) {
      if (index === 0) continue;
      expect(parentGenerationId).toBe(runs[index - 1]?.generationId);
      expect(await countEvents(runId, "base.chosen")).toBe(1);
    }
    const last = runs.at(-1)?.generationId as GenerationId;
    const { tree } = await loadGenerationTree({ database, treeObjects, ownerId: "local", generationId: last });
    for (const token of tokens) expect([...tree.keys()]).toContain(`src/${token}.ts`);
    baseId = last;
    run.report(await checkAll(tokens));
  },
);

test.each(kills(talkFaultPoints))(
  "a question and a plan: the %s dies at %s, %s: both end once, and are paid once",
  async (victim, name, when, kill) => {
    const run = startFaultRun({ suite: `talk ${victim} ${name} ${when}`, eachChange: 1, nightly: 1 });
    const token = (kind: string) => `${kind}-${victim}-${name}-${when}`;
    const askSprung = arm(kill);
    const asked = await host.ask(token("ask"));
    await askSprung;
    await untilAllIsUp();
    expect(await host.waitForEnd(asked)).toBe("SUCCEEDED");
    expect(await host.getRun(asked)).toMatchObject({ answer: `The answer to ${token("ask")}.`, generationId: null });

    const planSprung = arm(kill);
    const planned = await host.submit(token("plan"), { parentGenerationId: baseId, plan: "always" });
    await planSprung;
    await untilAllIsUp();
    expect(await host.waitForEnd(planned)).toBe("NEEDS_REVIEW");
    const { plan: steps } = await host.getRun(planned);
    expect(steps).toEqual([`1. src/${token("plan")}.ts: new`]);
    const { container } = host;
    const accepted = await acceptPlan({ container, ownerId: "local", input: { runId: planned, steps } });
    host.acknowledged.push(accepted.runId);
    expect(await host.waitForEnd(accepted.runId)).toBe("SUCCEEDED");
    expect(await host.getRun(planned)).toMatchObject({ status: "SUCCEEDED", completedByRunId: accepted.runId });
    run.report(await checkAll([token("ask")]));
  },
);

test("a stopped queue, and a waiting one, survive the end of every process", async () => {
  const hold = Promise.withResolvers<void>();
  host.model.beforeReply = ({ token }) => (token === "wait-a" ? hold.promise : undefined);
  const failing = await host.submit("refused-a", { parentGenerationId: baseId });
  const stopped = await host.submit("stopped-b", { parentGenerationId: baseId, queue: { afterRunId: failing } });
  expect(await host.waitForEnd(failing)).toBe("FAILED");
  const working = await host.submit("wait-a", { parentGenerationId: baseId });
  const waiting = await host.submit("wait-b", { parentGenerationId: baseId, queue: { afterRunId: working } });
  worker.signal("SIGKILL");
  await untilAllIsUp();
  host.database.kill();
  await untilAllIsUp();
  expect((await host.getRun(stopped)).waitsFor).toEqual({ runId: failing, status: "FAILED" });
  expect((await host.getRun(waiting)).waitsFor).toMatchObject({ runId: working });
  hold.resolve();
  expect(await host.waitForEnd(waiting)).toBe("SUCCEEDED");
  expect(await countEvents(stopped, "base.chosen")).toBe(0);
  host.acknowledged.splice(host.acknowledged.indexOf(stopped), 1);
  await checkAll(["wait-a", "wait-b"]);
});
