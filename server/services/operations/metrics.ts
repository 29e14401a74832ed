import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { appErrorCodes } from "#lib/errors.ts";
import { runStatuses, stageNames } from "#lib/contracts/runs/run-state.ts";
import type { RunQueue } from "#server/jobs/run-queue.ts";
import type { Database } from "#server/store/database.ts";
import type { Notifications } from "#server/store/notifications.ts";
import { countRuns, countSessions, listEndedRunFigures, type EndedRunFigures } from "#server/store/runs/run-figures.ts";

const batchSize = 500;

/**
 * A run's end is stamped before its transaction commits, so a scrape may fall between the two: this much time is read
 * again.
 */
const lookBackMs = 120_000;

/** Users choose models, so their number is bounded: the others are counted together. */
const maxModelLabels = 50;
const otherModels = "other";

const stageSecondsBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 900];

/** Error codes caused by a provider. */
const providerCodes: ReadonlySet<string> = new Set([
  "MODEL_NOT_FOUND",
  "MODEL_UNAVAILABLE",
  "MODEL_REFUSED",
  "MODEL_OUTPUT_INVALID",
  "PROVIDER_AUTH",
  "RATE_LIMITED",
  "CONTEXT_TOO_LONG",
  "OUTPUT_TRUNCATED",
]);

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
  const ended = new Counter({
    name: "graft_runs_ended_total",
    help: "Ended runs by how they ended.",
    labelNames: ["status"],
    registers,
  });
  const stageSeconds = new Histogram({
    name: "graft_stage_duration_seconds",
    help: "Time of each stage of ended runs.",
    labelNames: ["stage"],
    buckets: stageSecondsBuckets,
    registers,
  });
  const tokens = new Counter({
    name: "graft_model_tokens_total",
    help: "Tokens of ended runs by model and direction.",
    labelNames: ["model", "direction"],
    registers,
  });
  const calls = new Counter({
    name: "graft_model_calls_total",
    help: "Model calls of ended runs by model.",
    labelNames: ["model"],
    registers,
  });
  const errors = new Counter({
    name: "graft_provider_errors_total",
    help: "Model calls of ended runs that failed, by class: repeated ones, and those that ended a run.",
    labelNames: ["code"],
    registers,
  });
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

  let newestEndMs = 0;
  const counted = new Map<string, number>();
  const models = new Set<string>();

  const labelModel = (modelId: string): string => {
    if (models.size < maxModelLabels) models.add(modelId);
    return models.has(modelId) ? modelId : otherModels;
  };

  const count = ({ status, modelId, usage, failureCode, stages, retryCodes }: EndedRunFigures) => {
    ended.inc({ status });
    for (const { stage, durationMs } of stages)
      if (isOneOf(stageNames, stage)) stageSeconds.observe({ stage }, durationMs / 1_000);
    for (const code of retryCodes) if (isOneOf(appErrorCodes, code)) errors.inc({ code });
    if (failureCode !== null && providerCodes.has(failureCode)) errors.inc({ code: failureCode });
    if (usage === null) return;
    const model = labelModel(modelId);
    calls.inc({ model }, usage.modelCalls);
    tokens.inc({ model, direction: "input" }, usage.inputTokens);
    tokens.inc({ model, direction: "cached_input" }, usage.cachedInputTokens);
    tokens.inc({ model, direction: "output" }, usage.outputTokens);
  };

  const countEndedRuns = async () => {
    const since = new Date(Math.max(0, newestEndMs - lookBackMs));
    for (let skip = 0; ; skip += batchSize) {
      const batch = await listEndedRunFigures({ database, since, skip, limit: batchSize });
      for (const run of batch) {
        if (counted.has(run.runId)) continue;
        count(run);
        counted.set(run.runId, run.endedAt.getTime());
        newestEndMs = Math.max(newestEndMs, run.endedAt.getTime());
      }
      if (batch.length < batchSize) break;
    }
    for (const [runId, endedMs] of counted) if (endedMs < newestEndMs - lookBackMs) counted.delete(runId);
  };

  const update = async () => {
    await countEndedRuns();
    const { countByStatus, oldestQueuedAt } = await countRuns({ database });
    for (const status of runStatuses) runs.set({ status }, countByStatus.get(status) ?? 0);
    oldestWait.set(oldestQueuedAt === null ? 0 : Math.max(0, (Date.now() - oldestQueuedAt.getTime()) / 1_000));
    workers.set((await queue.countWorkers()).connected);
    sessions.set(await countSessions({ database }));
    streams.set(notifications.countListeners("graft_run_event"));
    for (const [state, value] of Object.entries(database.countConnections())) pool.set({ state }, value);
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

function isOneOf<Value extends string>(values: readonly Value[], value: string): value is Value {
  return (values as readonly string[]).includes(value);
}
