import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { Transaction } from "#server/store/database.ts";
import { findQueueEnd, findRunOnGeneration, lockQueues } from "#server/store/runs/queued-runs.ts";
import { runNotFound } from "#server/store/runs/runs.ts";

/**
 * The run that a new prompt waits for: the last one queued behind the given run, or behind the one that works on the
 * generation. Null if no run works on it, so that there is nothing to wait for.
 *
 * @throws AppError RUN_NOT_FOUND for a run of another project, or one that makes no version
 */
export async function joinQueue({
  transaction,
  ownerId,
  projectId,
  generationId,
  queue,
}: {
  transaction: Transaction;
  ownerId: string;
  projectId: ProjectId;
  generationId: GenerationId;
  queue: boolean | { afterRunId: RunId } | undefined;
}): Promise<RunId | null> {
  if (queue === undefined || queue === false) return null;
  await lockQueues({ transaction, projectId });
  const runId = queue === true ? await findRunOnGeneration({ transaction, ownerId, generationId }) : queue.afterRunId;
  if (runId === null) return null;
  return joinQueueBehind({ transaction, ownerId, projectId, afterRunId: runId });
}

/**
 * The last run of the queue behind a run, to wait for; the run may have ended.
 *
 * @throws AppError RUN_NOT_FOUND for a run of another project, or one that makes no version
 */
export async function joinQueueBehind({
  transaction,
  ownerId,
  projectId,
  afterRunId,
}: {
  transaction: Transaction;
  ownerId: string;
  projectId: ProjectId;
  afterRunId: RunId;
}): Promise<RunId> {
  await lockQueues({ transaction, projectId });
  const row = await transaction.run.findFirst({
    where: { id: afterRunId, ownerId, projectId, kind: { not: "ask" } },
    select: { id: true },
  });
  if (row === null) throw runNotFound(afterRunId);
  return findQueueEnd({ transaction, runId: afterRunId });
}
