import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunId } from "#lib/contracts/ids.ts";
import { openDatabase, type Database } from "#server/store/database.ts";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { createJobEngine } from "./job-engine.ts";
import { createRunQueue, type RunQueue } from "./run-queue.ts";

let database: Database;
let queue: RunQueue;
let drop = async () => {};

beforeEach(async () => {
  const created = await createTestDatabase();
  ({ drop } = created);
  started = [];
  working = new Map();
  isOver = false;
  const onError = () => undefined;
  database = openDatabase({ connectionString: created.connectionString, maxConnections: 4, onError });
  queue = createRunQueue({
    engine: createJobEngine({ connectionString: created.connectionString, role: "worker", onError }),
  });
  await queue.start();
});
afterEach(async () => {
  // A slot may take one more run before it learns of the end.
  isOver = true;
  for (const { end } of working.values()) end();
  await queue.stop();
  await database.close();
  await drop();
});

/** The runs that were started, in order, and those that the test has not ended yet. */
let started: string[] = [];
let working = new Map<string, { end(): void }>();
let isOver = false;

const work = (concurrency: number) =>
  queue.work({
    concurrency,
    onRun: ({ runId }) =>
      new Promise((resolve) => {
        if (isOver) return resolve();
        started.push(runId);
        working.set(runId, {
          end() {
            working.delete(runId);
            resolve();
          },
        });
      }),
    onDead: async () => undefined,
  });

const submit = ({ ownerId, name }: { ownerId: string; name: string }) =>
  database.prisma.$transaction((transaction) =>
    queue.enqueue({ transaction, ownerId, runId: `${ownerId} ${name}` as RunId }),
  );

async function submitMany({ ownerId, count }: { ownerId: string; count: number }): Promise<void> {
  for (let index = 0; index < count; index += 1) await submit({ ownerId, name: String(index) });
}

const untilStarted = (count: number) =>
  expect.poll(() => started.length, { timeout: 20_000, interval: 10 }).toBe(count);

function endFirst(): void {
  const [first] = working.values();
  first?.end();
}

test("a single owner has every slot, in the order of submission", async () => {
  await submitMany({ ownerId: "ann", count: 50 });
  await work(4);
  await untilStarted(4);
  expect([...started].sort()).toEqual(["ann 0", "ann 1", "ann 2", "ann 3"]);
});

test("an owner with 50 runs does not delay another owner's run beyond one slot", async () => {
  await submitMany({ ownerId: "ann", count: 50 });
  await work(4);
  await untilStarted(4);
  await submit({ ownerId: "bob", name: "only" });
  endFirst();
  await untilStarted(5);
  expect(started.at(-1)).toBe("bob only");
  endFirst();
  await untilStarted(6);
  expect(started.at(-1)).toBe("ann 4");
});

test("a waiting owner gets a turn, however often others submit", async () => {
  await submitMany({ ownerId: "ann", count: 10 });
  await work(1);
  await untilStarted(1);
  for (let round = 0; round < 8; round += 1) {
    await submit({ ownerId: round % 2 === 0 ? "bob" : "cay", name: String(round) });
    endFirst();
    await untilStarted(round + 2);
  }
  const annsTurns = started.filter((name) => name.startsWith("ann"));
  // Nine starts among three owners.
  expect(annsTurns.length).toBeGreaterThanOrEqual(3);
  expect(annsTurns).toEqual(annsTurns.map((_, index) => `ann ${index}`));
});
