import type { z } from "zod";
import type { RunId } from "#lib/contracts/ids.ts";
import type { runOrderQueueInput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import {
  changeWaitingRun,
  findWaitingRun,
  keepFromEnding,
  listWaitingChain,
  lockQueues,
  type QueuedRun,
} from "#server/store/runs/queued-runs.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { noLongerWaiting } from "./no-longer-waiting.ts";

/**
 * Reorders the waiting runs of one queue. The caller lists all of them, so that an outdated order is refused.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_WAITING
 */
export async function orderQueue({
  container: { database },
  ownerId,
  input: { runIds },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runOrderQueueInput>;
}): Promise<{ runIds: RunId[] }> {
  await database.prisma.$transaction(async (transaction) => {
    const find = async (runId: RunId): Promise<QueuedRun> => {
      const run = await findWaitingRun({ database: { prisma: transaction }, ownerId, runId });
      if (run === null) throw noLongerWaiting(runId);
      return run;
    };
    const [firstId] = runIds;
    if (firstId === undefined) return;
    await lockQueues({ transaction, projectId: (await find(firstId)).projectId });
    const named = new Set(runIds);
    const runs: QueuedRun[] = [];
    for (const runId of named) runs.push(await find(runId));
    const head = runs.find(({ afterRunId }) => !named.has(afterRunId));
    if (head === undefined) throw queueChanged();
    await keepFromEnding({ transaction, runId: head.afterRunId });
    const chain = await listWaitingChain({ transaction, afterRunId: head.afterRunId });
    if (runIds.length !== named.size || chain.length !== named.size || chain.some((runId) => !named.has(runId)))
      throw queueChanged();
    const wanted = new Map(runIds.map((runId, index) => [runId, runIds[index - 1] ?? head.afterRunId]));
    for (const runId of chain) {
      const afterRunId = wanted.get(runId) ?? head.afterRunId;
      if (!(await changeWaitingRun({ transaction, runId, change: { afterRunId } }))) throw queueChanged();
    }
    for (const runId of chain) await appendRunEvents({ transaction, runId, events: [{ type: "queue.moved" }] });
  });
  return { runIds };
}

function queueChanged(): AppError {
  return new AppError({
    code: "RUN_NOT_WAITING",
    message:
      "The queue has changed: a prompt has started, was withdrawn or was added. The order was left as it is. Look at it again.",
  });
}
