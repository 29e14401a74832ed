import type { CheckQueue } from "#server/jobs/check-queue.ts";
import { listActiveCheckRuns } from "#server/store/checks/check-runs.ts";
import type { Database } from "#server/store/database.ts";

/** Gives every unfinished check a job, oldest first: after a restore there are none. */
export async function requeueChecks({
  database,
  checkQueue,
}: {
  database: Database;
  checkQueue: CheckQueue;
}): Promise<number> {
  const runs = await listActiveCheckRuns({ database });
  await database.prisma.$transaction(async (transaction) => {
    for (const { checkRunId, ownerId } of runs) await checkQueue.enqueue({ transaction, checkRunId, ownerId });
  });
  return runs.length;
}
