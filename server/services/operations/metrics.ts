import { Gauge, Registry } from "prom-client";
import { runStatuses } from "#lib/contracts/runs/run-state.ts";
import type { RunQueue } from "#server/jobs/run-queue.ts";
import type { Database } from "#server/store/database.ts";
import type { Notifications } from "#server/store/notifications.ts";
import { countRuns, countSessions, listEndedRunFigures } from "#server/store/runs/run-figures.ts";
import { EndedRunMetrics } from "./ended-run-metrics.ts";

export interface Metrics {
  /** Prometheus text with current values. */
  read(): Promise<{ contentType: string; text: string }>;
}

/**
 * Metrics of all processes on one database, which any web process can serve. They are read from the rows of runs,
 * because workers are other processes, perhaps on other hosts. Each ended run is counted once, so a scrape reads only
 * runs that ended since the last one.
 */
export function createMetrics({
  database,
  notifications,
  queue,
}: {
  database: Database;
  notifications: Notifications;
  queue: RunQueue;
}): Metrics {
  const registry = new Registry();
  const queueMetrics = createQueueMetrics({ registry, database, queue });
  const endedRuns = new EndedRunMetrics({
    registry,
    listEnded: (page) => listEndedRunFigures({ database, ...page }),
  });
  const connectionMetrics = createConnectionMetrics({ registry, database, notifications });

  const update = async () => {
    await endedRuns.update();
    await queueMetrics.update();
    await connectionMetrics.update();
  };

  // One scrape at a time: two at once would count a run twice.
  let last: Promise<unknown> = Promise.resolve();
  return {
    async read() {
      const updated = last.catch(() => undefined).then(update);
      last = updated;
      await updated;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

type UpdatedMetrics = { update(): Promise<void> };

/** The runs by state, the longest wait in the queue, and the workers. */
function createQueueMetrics({
  registry,
  database,
  queue,
}: {
  registry: Registry;
  database: Database;
  queue: RunQueue;
}): UpdatedMetrics {
  const registers = [registry];
  const runs = new Gauge({ name: "graft_runs", help: "Runs by state.", labelNames: ["status"], registers });
  const oldestWait = new Gauge({
    name: "graft_queue_oldest_wait_seconds",
    help: "Age of the oldest run in the queue; 0 where none is.",
    registers,
  });
  const workers = new Gauge({
    name: "graft_workers",
    help: "Worker processes that are connected to the database.",
    registers,
  });
  return {
    async update() {
      const { countByStatus, oldestQueuedAt } = await countRuns({ database });
      for (const status of runStatuses) runs.set({ status }, countByStatus.get(status) ?? 0);
      oldestWait.set(oldestQueuedAt === null ? 0 : Math.max(0, (Date.now() - oldestQueuedAt.getTime()) / 1_000));
      workers.set((await queue.countWorkers()).connected);
    },
  };
}

/** The connections of this web process, and the sessions of all processes. */
function createConnectionMetrics({
  registry,
  database,
  notifications,
}: {
  registry: Registry;
  database: Database;
  notifications: Notifications;
}): UpdatedMetrics {
  const registers = [registry];
  const streams = new Gauge({
    name: "graft_event_streams",
    help: "Event streams that this web process serves now.",
    registers,
  });
  const pool = new Gauge({
    name: "graft_database_pool",
    help: "This web process's database pool: connections busy and idle, and queries that wait for one.",
    labelNames: ["state"],
    registers,
  });
  const sessions = new Gauge({
    name: "graft_database_sessions",
    help: "Sessions on the database, of all processes.",
    registers,
  });
  return {
    async update() {
      sessions.set(await countSessions({ database }));
      streams.set(notifications.countListeners("graft_run_event"));
      for (const [state, value] of Object.entries(database.countConnections())) pool.set({ state }, value);
    },
  };
}
