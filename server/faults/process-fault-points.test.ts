import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countHalfWritten, toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { FaultHost } from "./process/fault-host.ts";
import { getFaultPoint, submitFaultPoints, workerFaultPoints, type FaultPoint } from "./process/fault-points.ts";
import { FaultTrap } from "./process/fault-trap.ts";
import { countPaidTwice } from "./process/fault-model.ts";
import { getPlantedBug, type PlantedBug } from "./process/planted-bugs.ts";
import type { RestartedProcess } from "./process/restarted-process.ts";

const whens = ["before", "after"] as const;

/** The outcome of one kill. */
type Kill = { name: string; recoveryMs: number; status: string; halfWritten: number; paidTwice: number };

/** A worker whose connection is watched, on its own host. */
async function startTrappedWorker({
  host,
  bug,
}: {
  host: FaultHost;
  bug?: PlantedBug;
}): Promise<{ worker: RestartedProcess; trap: FaultTrap }> {
  const trap = new FaultTrap();
  const worker = await host.startWorker({
    isOnlyWorker: true,
    observe: trap.observe,
    ...(bug === undefined ? {} : { bug }),
  });
  return { worker, trap };
}

/** One run whose worker or database dies at the point. */
async function killAt({
  host,
  trap,
  point,
  when,
  victim,
  token,
}: {
  host: FaultHost;
  trap: FaultTrap;
  point: FaultPoint;
  when: "before" | "after";
  victim: "database" | RestartedProcess;
  token: string;
}): Promise<Kill> {
  let killedAt = 0;
  let halfWritten = 0;
  const sprung = trap.arm({
    point,
    when,
    async spring() {
      // No other run is active: contents that no version has now would stay if nothing continued.
      if (victim === "database") host.database.kill();
      else {
        victim.signal("SIGKILL");
        if (!(point.name === "commit-generation" && when === "after"))
          halfWritten = await countHalfWritten({ database: host.container.database });
      }
      killedAt = Date.now();
      return "cut" as const;
    },
  });
  const runId = await host.submit(token);
  await sprung;
  const status = await host.waitForEnd(runId);
  const recoveryMs = Date.now() - killedAt;
  const paidTwice = countPaidTwice({ calls: host.model.calls, token });
  return { name: `${point.name} ${when}`, recoveryMs, status, halfWritten, paidTwice };
}

describe("A2: a process dies at a named point", () => {
  let host: FaultHost;
  let worker: RestartedProcess;
  let trap: FaultTrap;
  beforeAll(async () => {
    host = await FaultHost.start();
    ({ worker, trap } = await startTrappedWorker({ host }));
  });
  afterAll(() => host.stop());

  test.each(["worker", "database"] as const)(
    "%s: every run continues to its end, nothing is half written and nothing is paid twice",
    async (victimName) => {
      const run = startFaultRun({ suite: `A2 ${victimName}`, eachChange: 1, nightly: 3 });
      const kills: Kill[] = [];
      for (let round = 0; round < run.size; round += 1) {
        for (const point of workerFaultPoints) {
          for (const when of whens)
            kills.push(
              await killAt({
                host,
                trap,
                point,
                when,
                victim: victimName === "worker" ? worker : "database",
                token: `${victimName}-${point.name}-${when}-${round}`,
              }),
            );
        }
      }
      const report = await host.check();
      run.report({
        kills: kills.length,
        ...toFigures(report),
        recovery: summarizeTimes(kills.map(({ recoveryMs }) => recoveryMs)).text,
      });
      expect(
        kills.filter(
          ({ status, halfWritten, paidTwice }) => status !== "SUCCEEDED" || halfWritten > 0 || paidTwice > 0,
        ),
      ).toEqual([]);
      expect(report.faults).toEqual([]);
    },
  );
  test("the web process or its database, while accepting a run: the key's single run is accepted and ends", async () => {
    const run = startFaultRun({ suite: "A2 submit", eachChange: 1, nightly: 3 });
    const webTrap = new FaultTrap();
    const { process: web, baseUrl } = await host.startWeb({ observe: webTrap.observe });
    const waitsMs: number[] = [];
    for (let round = 0; round < run.size; round += 1) {
      for (const point of submitFaultPoints) {
        for (const when of whens) {
          for (const victim of ["web", "database"] as const) {
            const startedAt = Date.now();
            const sprung = webTrap.arm({
              point,
              when,
              spring() {
                if (victim === "web") web.signal("SIGKILL");
                else host.database.kill();
                return "cut";
              },
            });
            await Promise.all([
              sprung,
              host.submitOverHttp({ baseUrl, token: `${victim}-${point.name}-${when}-${round}` }),
            ]);
            waitsMs.push(Date.now() - startedAt);
          }
        }
      }
    }
    await host.waitForAllEnds();
    const report = await host.check();
    run.report({ kills: waitsMs.length, ...toFigures(report), accepted: summarizeTimes(waitsMs).text });
    expect(report.faults).toEqual([]);
    expect(await host.countRunsByKey()).toEqual(new Set([1]));
  });
});

describe("A2 notices", () => {
  test.each<[PlantedBug["name"], string, "before" | "after", keyof Kill]>([
    ["memoAfterCommit", "store-contents", "before", "paidTwice"],
    ["blobOutsideTransaction", "commit-generation", "before", "halfWritten"],
  ])("the planted bug %s, at %s, %s", async (name, point, when, figure) => {
    const host = await FaultHost.start();
    try {
      const { worker, trap } = await startTrappedWorker({ host, bug: getPlantedBug(name) });
      const kill = await killAt({ host, trap, point: getFaultPoint(point), when, victim: worker, token: name });
      expect(kill[figure]).toBeGreaterThan(0);
    } finally {
      await host.stop();
    }
  });
});
