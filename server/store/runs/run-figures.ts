import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import type { Database } from "../database.ts";
import { isWaiting } from "./queued-runs.ts";

/**
 * The metrics of one ended run. `retryCodes` has one code per repeated model call, whether it was repeated at once or
 * after a wait.
 */
export type EndedRunFigures = {
  runId: string;
  endedAt: Date;
  status: RunStatus;
  modelId: string;
  usage: ModelUsage | null;
  failureCode: string | null;
  stages: { stage: string; durationMs: number }[];
  retryCodes: string[];
};

/** The number of runs in each state, and when the oldest waiting one was submitted. */
export async function countRuns({
  database,
}: {
  database: Database;
}): Promise<{ countByStatus: ReadonlyMap<RunStatus, number>; oldestQueuedAt: Date | null }> {
  const groups = await database.prisma.run.groupBy({ by: ["status"], _count: { _all: true } });
  const { _min } = await database.prisma.run.aggregate({
    where: { status: "QUEUED", NOT: isWaiting },
    _min: { createdAt: true },
  });
  return {
    countByStatus: new Map(groups.map(({ status, _count }) => [status, _count._all])),
    oldestQueuedAt: _min.createdAt,
  };
}

/** Runs that ended at `since` or later, earliest first: skips `skip`, returns at most `limit`. */
export async function listEndedRunFigures({
  database,
  since,
  skip,
  limit,
}: {
  database: Database;
  since: Date;
  skip: number;
  limit: number;
}): Promise<EndedRunFigures[]> {
  const runs = await database.prisma.run.findMany({
    where: { endedAt: { gte: since } },
    orderBy: [{ endedAt: "asc" }, { id: "asc" }],
    skip,
    take: limit,
    select: { id: true, endedAt: true, status: true, modelId: true, usage: true, failure: true },
  });
  const events = await database.prisma.$queryRaw<
    { runId: string; type: string; stage: string | null; durationMs: number | null; code: string | null }[]
  >`
    SELECT "runId", type, event ->> 'stage' AS stage, (event ->> 'durationMs')::float8 AS "durationMs", event ->> 'code' AS code
    FROM "RunEvent" WHERE "runId" = ANY(${runs.map(({ id }) => id)}) AND type IN ('stage.done', 'retrying', 'waiting')`;
  const eventsByRun = Map.groupBy(events, ({ runId }) => runId);
  return runs.map(({ id, endedAt, status, modelId, usage, failure }) => {
    const own = eventsByRun.get(id) ?? [];
    return {
      runId: id,
      endedAt: endedAt ?? since,
      status,
      modelId,
      usage: usage as ModelUsage | null,
      failureCode: (failure as RunFailure | null)?.code ?? null,
      stages: own.flatMap(({ type, stage, durationMs }) =>
        type === "stage.done" && stage !== null && durationMs !== null ? [{ stage, durationMs }] : [],
      ),
      retryCodes: own.flatMap(({ type, code }) => (type !== "stage.done" && code !== null ? [code] : [])),
    };
  });
}

/** Sessions on this database by application, for all Graft processes. */
export async function countSessions({ database }: { database: Database }): Promise<number> {
  const rows = await database.prisma.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()`;
  return rows[0]?.count ?? 0;
}
