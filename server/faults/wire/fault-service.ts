import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { createContainer, type Container } from "#server/container.ts";
import type { ModelGateway } from "#server/orchestrator/ports.ts";
import { loopbackKey } from "#server/providers/testing/loopback-gateway.ts";
import { executeRun } from "#server/services/runs/working/execute-run.ts";
import { giveUpRun } from "#server/services/runs/working/give-up-run.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { testOwnerId } from "#server/testing/start-test-server.ts";
import { createTestDatabase } from "#server/testing/test-database.ts";
import { appRouter } from "#server/trpc/root.ts";
import { checkInvariants, takeSnapshot, toFigures, type HistorySnapshot } from "../check-invariants.ts";

const { createCaller } = appRouter;
const endTimeoutMs = 120_000;
const lookIntervalMs = 20;

type Api = ReturnType<typeof createCaller>;

/** Web and worker in this process on a database of their own, for many runs at once. */
export type FaultService = {
  readonly container: Container;
  readonly api: Api;
  /** Records that a client was given this id, and returns it. */
  acknowledge(runId: RunId): RunId;
  importProject(files: Readonly<Record<string, string>>): Promise<{ projectId: ProjectId; generationId: GenerationId }>;
  /** Resolves when no run is active. The error names a run that never ends. */
  waitForAllRuns(): Promise<void>;
  waitForRun(runId: RunId): Promise<RunOutput>;
  /** Breaks every connection at once, abandons the active work, and starts again as a restarted host does. */
  crash(): Promise<void>;
  /** Records every existing version. Each must exist unchanged at the end. */
  remember(): Promise<void>;
  /** Fails unless all invariants hold. Returns the figures for the report. */
  expectInvariants(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

export async function startFaultService({
  models,
  concurrency = 8,
}: {
  models: ModelGateway;
  concurrency?: number;
}): Promise<FaultService> {
  const { connectionString, drop } = await createTestDatabase();
  const acknowledged: RunId[] = [];
  let before: HistorySnapshot = new Map();
  let host = await startHost({ connectionString, models, concurrency });
  const ends: Promise<void>[] = [];

  let looking: Promise<Set<RunId>> | null = null;

  /**
   * One poll serves all waiting callers. It starts after the pause, so that it sees every run that one of them started.
   */
  async function lookAtActive(): Promise<Set<RunId>> {
    await delay(lookIntervalMs);
    looking = null;
    const rows = await host.container.database.prisma.run.findMany({
      where: { status: { in: ["QUEUED", "RUNNING"] } },
      select: { id: true },
    });
    return new Set(rows.map(({ id }) => id as RunId));
  }

  async function waitUntilEnded({ isEnded }: { isEnded: (active: Set<RunId>) => boolean }): Promise<void> {
    let active = new Set<RunId>();
    for (const startedAtMs = performance.now(); performance.now() - startedAtMs < endTimeoutMs;) {
      looking ??= lookAtActive();
      active = await looking;
      if (isEnded(active)) return;
    }
    throw new Error(`These runs did not end: ${[...active].join(", ")}`);
  }

  return {
    get container() {
      return host.container;
    },
    get api() {
      return host.api;
    },
    acknowledge(runId) {
      acknowledged.push(runId);
      return runId;
    },
    async importProject(files) {
      return importArchive({
        container: host.container,
        ownerId: testOwnerId,
        name: "Faults",
        archive: await buildArchive(files),
      });
    },
    async waitForAllRuns() {
      await waitUntilEnded({ isEnded: (active) => active.size === 0 });
    },
    async waitForRun(runId) {
      await waitUntilEnded({ isEnded: (active) => !active.has(runId) });
      return getRun({ database: host.container.database, ownerId: testOwnerId, runId });
    },
    async crash() {
      const dying = host;
      dying.abandon();
      await breakConnections(connectionString);
      host = await startHost({ connectionString, models, concurrency });
      await host.container.queue.recoverOrphans();
      // A dead process would leave its memory behind; this process must stop the work explicitly.
      ends.push(dying.container.close().catch(() => undefined));
    },
    async remember() {
      before = await takeSnapshot({ database: host.container.database });
    },
    async expectInvariants() {
      const report = await checkInvariants({
        database: host.container.database,
        acknowledged,
        before,
        secret: loopbackKey,
        logs: [],
      });
      assert.deepEqual(report.faults, []);
      return toFigures(report);
    },
    async close() {
      host.abandon();
      await Promise.all([host.container.close(), ...ends]);
      await drop();
    },
  };
}

async function startHost({
  connectionString,
  models,
  concurrency,
}: {
  connectionString: string;
  models: ModelGateway;
  concurrency: number;
}): Promise<{ container: Container; api: Api; abandon(): void }> {
  const container = await createContainer({ connectionString, role: "worker", models });
  const stopping = new AbortController();
  await container.queue.work({
    concurrency,
    onRun: ({ runId, attempt, isAlone, signal }) =>
      executeRun({ container, runId, attempt, isAlone, stopping: AbortSignal.any([stopping.signal, signal]) }),
    onDead: (runId) => giveUpRun({ container, runId }),
  });
  return {
    container,
    api: createCaller({ container, ownerId: testOwnerId, requestId: "test" }),
    abandon: () => stopping.abort(),
  };
}

/** What the database sees when a host loses power. */
async function breakConnections(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
  } finally {
    await client.end();
  }
}

/** 14 files: the project of the traced case, which lacks its schema file. */
export const parentFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 14 }, (_, index) => [
    `app/module_${String(index).padStart(2, "0")}.py`,
    `def part_${index}():\n    return ${index}\n`,
  ]),
);

/** Runs `work` for every item, `width` of them at a time. */
export async function forEachAtOnce<Item>({
  items,
  width,
  work,
}: {
  items: readonly Item[];
  width: number;
  work: (item: Item, index: number) => Promise<void>;
}): Promise<void> {
  const rest = items.entries();
  const lane = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
