import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes, type FaultRun } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { countPaidTwice, refusedPrefix, type FaultModel } from "./process/fault-model.ts";

const everyVictim = ["worker", "web", "database"] as const;
type Victim = (typeof everyVictim)[number];

/** The share of each victim, in per cent. */
const shares = [
  { victims: ["worker"], percent: 55 },
  { victims: ["web"], percent: 15 },
  { victims: ["database"], percent: 20 },
  { victims: everyVictim, percent: 10 },
] as const satisfies { victims: readonly Victim[]; percent: number }[];

const clientCount = 6;
/** The model refuses one in this many runs, with the key in its message. */
const refusedEvery = 10;
/** The time after the victim's restart in which runs are taken, called and stored. */
const maxPauseMs = 600;
const recoveryTimeoutMs = 120_000;

/** While the kills continue, a run may be interrupted repeatedly; afterwards it has no more time than any other. */
const stormTimeoutMs = 3_600_000;

/** Concurrent, because most of a kill's time is waiting for a process to start. */
const hostCount = 2;

type Kill = { victim: Victim; upAgainMs: number };

/** Clients that keep submitting to one host while its processes die. */
async function killAtRandom({
  host,
  run,
  killCount,
}: {
  host: FaultHost;
  run: FaultRun;
  killCount: number;
}): Promise<{ kills: Kill[]; paidTwice: number }> {
  // Drawn first, so that a seed gives the same kills whatever the timing is.
  const plan = Array.from({ length: killCount }, () => ({
    victims: pickByShare(run.random()).victims,
    pauseMs: run.integer({ min: 0, max: maxPauseMs }),
  }));
  host.model.beforeReply = () => delay(run.integer({ min: 0, max: 150 }));
  const worker = await host.startWorker({ isOnlyWorker: true });
  const { process: web, baseUrl } = await host.startWeb();
  const processes = {
    worker: { kill: () => worker.signal("SIGKILL"), isUp: () => host.isWorking(worker) },
    web: { kill: () => web.signal("SIGKILL"), isUp: async () => (await fetch(`${baseUrl}/api/health`)).ok },
    database: { kill: () => host.database.kill(), isUp: () => host.database.isUp() },
  };

  const stopping = new AbortController();
  const tokens: string[] = [];
  const clients = Promise.all(
    Array.from({ length: clientCount }, async (_, client) => {
      for (let index = 0; !stopping.signal.aborted; index += 1) {
        const token = `${index % refusedEvery === refusedEvery - 1 ? refusedPrefix : "random"}-${client}-${index}`;
        tokens.push(token);
        await host.waitForEnd(await host.submitOverHttp({ baseUrl, token }), { timeoutMs: stormTimeoutMs });
      }
    }),
  );
  const killAll = async () => {
    const kills: Kill[] = [];
    const starting: Record<Victim, Promise<void>> = {
      worker: Promise.resolve(),
      web: Promise.resolve(),
      database: Promise.resolve(),
    };
    let callCount = 0;
    for (const { victims, pauseMs } of plan) {
      // The victim has restarted by then; the others may still be starting.
      await Promise.all(victims.map((victim) => starting[victim]));
      await waitForCall({ model: host.model, callCount });
      await delay(pauseMs);
      callCount = host.model.calls.length;
      const killedAt = Date.now();
      for (const victim of victims) {
        processes[victim].kill();
        starting[victim] = waitUntil({
          what: `the ${victim} is up again`,
          timeoutMs: recoveryTimeoutMs,
          isTrue: processes[victim].isUp,
        }).then(() => void kills.push({ victim, upAgainMs: Date.now() - killedAt }));
      }
    }
    await Promise.all(Object.values(starting));
    stopping.abort();
    return kills;
  };
  const kills = await killAll();
  await host.waitForAllEnds();
  await clients;
  return {
    kills,
    paidTwice: tokens.reduce((sum, token) => sum + countPaidTwice({ calls: host.model.calls, token }), 0),
  };
}

/**
 * Until the model has been called again, so that a slow machine's workers are not killed before they work; or for a
 * second, if there is nothing to call.
 */
async function waitForCall({ model, callCount }: { model: FaultModel; callCount: number }): Promise<void> {
  for (let waitedMs = 0; waitedMs < 1_000 && model.calls.length <= callCount; waitedMs += 20) await delay(20);
}

describe("A1: processes die at random while clients keep submitting", () => {
  let hosts: FaultHost[] = [];
  beforeAll(async () => {
    hosts = await Promise.all(Array.from({ length: hostCount }, (_, slot) => FaultHost.start({ slot })));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
  });

  test("everything acknowledged ends completely, once", async () => {
    const runs = hosts.map((_, slot) =>
      startFaultRun({ suite: `A1 host ${slot}`, eachChange: 80 / hostCount, nightly: 1_000 / hostCount }),
    );
    await Promise.all(
      hosts.map(async (host, slot) => {
        const run = runs[slot];
        if (run === undefined) return;
        const { kills, paidTwice } = await killAtRandom({ host, run, killCount: run.size });
        const report = await host.check();
        const recoveries = everyVictim.map((victim) => [
          `${victim} up again`,
          summarizeTimes(kills.flatMap((each) => (each.victim === victim ? [each.upAgainMs] : []))).text,
        ]);
        run.report({
          kills: run.size,
          ...toFigures(report),
          "paid twice": paidTwice,
          "model calls": host.model.calls.length,
          ...Object.fromEntries(recoveries),
        });
        expect(report.faults).toEqual([]);
        expect(paidTwice).toBe(0);
        expect(await host.countRunsByKey()).toEqual(new Set([1]));
      }),
    );
  });
});

function pickByShare(random: number): (typeof shares)[number] {
  let rest = random * 100;
  for (const share of shares) {
    rest -= share.percent;
    if (rest < 0) return share;
  }
  return shares[0];
}
