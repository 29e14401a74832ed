import type { RunId } from "#lib/contracts/ids.ts";
import type { RunQueue } from "#server/jobs/run-queue.ts";
import { isWaiting } from "#server/store/runs/queued-runs.ts";
import type { Database } from "#server/store/database.ts";

/** Gives every unfinished run that waits for no other run a job, oldest first: after a restore there are none. */
export async function requeueRuns({ database, queue }: { database: Database; queue: RunQueue }): Promise<number> {
  const runs = await database.prisma.run.findMany({
    where: { status: { in: ["QUEUED", "RUNNING"] }, NOT: isWaiting },
    orderBy: { id: "asc" },
    select: { id: true, ownerId: true },
  });
  await database.prisma.$transaction(async (transaction) => {
    for (const { id, ownerId } of runs) await queue.enqueue({ transaction, runId: id as RunId, ownerId });
  });
  return runs.length;
}
