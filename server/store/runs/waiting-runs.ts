import type { RunId } from "#lib/contracts/ids.ts";
import type { Database } from "../database.ts";

/** The runs of one project that wait for a decision: how many, and the newest of them. */
type WaitingRuns = { count: number; newestRunId: RunId };

/**
 * Runs that hold a result for the user to decide on, or a plan that no run follows yet. Projects without any are
 * omitted.
 */
export async function countWaitingRuns({
  database,
  projectIds,
}: {
  database: Database;
  projectIds: readonly string[];
}): Promise<Map<string, WaitingRuns>> {
  const rows = await database.prisma.$queryRaw<{ projectId: string; count: number; newestRunId: string }[]>`
    SELECT "projectId", count(*)::int AS count, (array_agg(id ORDER BY "createdAt" DESC, id DESC))[1] AS "newestRunId"
    FROM "Run" WHERE "projectId" = ANY(${projectIds}) AND status = 'NEEDS_REVIEW' AND "completedByRunId" IS NULL
      AND NOT EXISTS (SELECT FROM "Run" next WHERE next."plannedByRunId" = "Run".id AND next.status IN ('QUEUED', 'RUNNING'))
    GROUP BY "projectId"`;
  return new Map(
    rows.map(({ projectId, count, newestRunId }) => [projectId, { count, newestRunId: newestRunId as RunId }]),
  );
}
