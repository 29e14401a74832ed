import type { z } from "zod";
import type { runEditQueuedInput, RunOutput } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import { changeWaitingRun, findWaitingRun } from "#server/store/runs/queued-runs.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { noLongerWaiting } from "./no-longer-waiting.ts";

/** Changes the prompt of a waiting run. The previous text stays in its events. @throws AppError RUN_NOT_WAITING */
export async function editQueuedRun({
  container: { database },
  ownerId,
  input: { runId, prompt },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runEditQueuedInput>;
}): Promise<RunOutput> {
  await database.prisma.$transaction(async (transaction) => {
    const waiting = await findWaitingRun({ database: { prisma: transaction }, ownerId, runId });
    if (waiting === null || !(await changeWaitingRun({ transaction, runId, change: { prompt } })))
      throw noLongerWaiting(runId);
    await appendRunEvents({
      transaction,
      runId,
      events: [{ type: "prompt.edited", previousPrompt: waiting.prompt }],
    });
  });
  return getRun({ database, ownerId, runId });
}
