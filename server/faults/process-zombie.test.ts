import { expect, test } from "vitest";
import { type InvariantReport, toFigures } from "./check-invariants.ts";
import { startFaultRun, summarizeTimes } from "./fault-run.ts";
import { FaultHost, waitUntil } from "./process/fault-host.ts";
import { getFaultPoint } from "./process/fault-points.ts";
import { FaultTrap } from "./process/fault-trap.ts";
import { getPlantedBug, type PlantedBug } from "./process/planted-bugs.ts";

/** Its heartbeat expires after 10 s, and is checked every second. */
const takeOverTimeoutMs = 120_000;

/** Where a run can be when its worker freezes, without holding anything. */
const unlockedPlaces = [
  { name: "first-call", turn: 0 },
  { name: "last-call", turn: 1 },
  { name: "begin-transaction", when: "before" },
] as const;

/** Where it holds the project's row, so that nobody stores a version before it continues. */
const lockedPlaces = [
  { name: "store-contents", when: "after" },
  { name: "complete-job", when: "before" },
] as const;

const runsOfZombie = unlockedPlaces.length + 1;

/**
 * A worker with four runs, of which the last one holds the project's row, freezes until its lease has expired and
 * another worker takes them, then continues. `zombieCommits` is the number of versions it stored after its lease.
 */
async function wakeZombie({
  slot,
  lockedPlace,
  bug,
}: {
  slot: number;
  lockedPlace: (typeof lockedPlaces)[number];
  bug?: PlantedBug;
}): Promise<{ zombieCommits: number; takeOverMs: number; report: InvariantReport }> {
  const host = await FaultHost.start({ slot });
  const frozenAt = [...unlockedPlaces, lockedPlace];
  const thaw = Promise.withResolvers<void>();
  const takeOverReplies = Promise.withResolvers<void>();
  try {
    const trap = new FaultTrap();
    let isFrozen = false;
    let heldCount = 0;
    let zombieCommits = 0;
    const hold = async () => {
      heldCount += 1;
      await thaw.promise;
      return "pass" as const;
    };
    host.model.beforeReply = async ({ token, turn }) => {
      if (isFrozen) await takeOverReplies.promise;
      else if (frozenAt.some((place) => "turn" in place && place.name === token && place.turn === turn)) await hold();
    };
    const zombie = await host.startWorker({
      isOnlyWorker: false,
      observe(step) {
        if (isFrozen && step.when === "after" && getFaultPoint("commit-generation").isAt(step)) zombieCommits += 1;
        return trap.observe(step);
      },
      ...(bug === undefined ? {} : { bug }),
    });
    for (const [index, place] of frozenAt.entries()) {
      if ("when" in place) void trap.arm({ point: getFaultPoint(place.name), when: place.when, spring: hold });
      await host.submit(place.name);
      await waitUntil({
        what: `a run is held at ${place.name}`,
        timeoutMs: takeOverTimeoutMs,
        isTrue: async () => heldCount === index + 1,
      });
    }
    zombie.signal("SIGSTOP");
    isFrozen = true;
    const frozenSince = Date.now();
    const callsBefore = host.model.calls.length;
    await host.startWorker({ isOnlyWorker: false });
    await waitUntil({
      what: "another worker holds all of its runs",
      timeoutMs: takeOverTimeoutMs,
      isTrue: async () => (await host.countRetriedJobs()) === frozenAt.length,
    });
    await waitUntil({
      what: "it has asked the model",
      timeoutMs: takeOverTimeoutMs,
      isTrue: async () => host.model.calls.length >= callsBefore + 2,
    });
    const takeOverMs = Date.now() - frozenSince;
    zombie.signal("SIGCONT");
    thaw.resolve();
    const [lastRun] = host.acknowledged.slice(-1);
    if (lastRun !== undefined) await host.waitForEnd(lastRun);
    takeOverReplies.resolve();
    await host.waitForAllEnds();
    return { zombieCommits, takeOverMs, report: await host.check() };
  } finally {
    // The host waits for held runs.
    thaw.resolve();
    takeOverReplies.resolve();
    await host.stop();
  }
}

// Concurrent, because nearly all of their time is waiting for a heartbeat to expire.
test.concurrent("A4: a worker that wakes after its lease stores nothing, and each of its runs is stored once", async () => {
  const run = startFaultRun({ suite: "A4", eachChange: lockedPlaces.length * runsOfZombie, nightly: 50 });
  const takeOversMs: number[] = [];
  for (let count = 0; count < run.size; count += runsOfZombie) {
    const lockedPlace = lockedPlaces[takeOversMs.length % lockedPlaces.length] ?? lockedPlaces[0];
    const { zombieCommits, takeOverMs, report } = await wakeZombie({ slot: 0, lockedPlace });
    takeOversMs.push(takeOverMs);
    run.report({
      zombies: runsOfZombie,
      "last held at": lockedPlace.name,
      "zombie commits": zombieCommits,
      ...toFigures(report),
      "take-over": summarizeTimes(takeOversMs).text,
    });
    expect({ zombieCommits, faults: report.faults, succeeded: report.succeeded }).toEqual({
      zombieCommits: 0,
      faults: [],
      succeeded: runsOfZombie,
    });
  }
});

test.concurrent("A4 notices the planted bug unfencedComplete", async () => {
  const { zombieCommits } = await wakeZombie({
    slot: 1,
    lockedPlace: { name: "complete-job", when: "before" },
    bug: getPlantedBug("unfencedComplete"),
  });
  expect(zombieCommits).toBeGreaterThan(0);
});
