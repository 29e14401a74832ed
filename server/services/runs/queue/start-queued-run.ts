import type { z } from "zod";
import type { runStartInput, RunOutput } from "#lib/contracts/runs/run.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { touchProject } from "#server/store/projects.ts";
import {
  findWaitingRun,
  keepFromEnding,
  lockQueues,
  moveWaiting,
  readRunResult,
  startWaitingRun,
} from "#server/store/runs/queued-runs.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { getRun, getRunRequest } from "#server/store/runs/runs.ts";
import { enqueueStarted } from "./advance-queue.ts";
import { noLongerWaiting } from "./no-longer-waiting.ts";

/**
 * Starts a waiting run on a version that the user chose. If the run before it ended without one, the queue continues
 * from here. If that run is still running, the prompt leaves the queue and makes a branch: what was behind it stays in
 * the queue.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_WAITING, GENERATION_NOT_FOUND, PROJECT_ARCHIVED
 */
export async function startQueuedRun({
  container,
  ownerId,
  input: { runId, parentGenerationId },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runStartInput>;
}): Promise<RunOutput> {
  const { database } = container;
  const { modelId, projectId } = await getOwnRequest({ container, ownerId, runId });
  const base = await getStoredGeneration({ transaction: database.prisma, generationId: parentGenerationId, ownerId });
  if (base.projectId !== projectId)
    throw new AppError({
      code: "GENERATION_NOT_FOUND",
      message: "This version is of another project. Nothing was started. Choose one of this project.",
    });
  await database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId });
    const waiting = await findWaitingRun({ database: { prisma: transaction }, ownerId, runId });
    if (waiting === null) throw noLongerWaiting(runId);
    const { afterRunId } = waiting;
    await keepFromEnding({ transaction, runId: afterRunId });
    await touchProject({ transaction, projectId });
    const isDetached = isActive((await readRunResult({ transaction, runId: afterRunId })).status);
    if (!(await startWaitingRun({ transaction, runId, afterRunId, parentGenerationId, isDetached })))
      throw noLongerWaiting(runId);
    if (isDetached) await moveWaiting({ transaction, fromRunId: runId, toRunId: afterRunId });
    await appendRunEvents({ transaction, runId, events: [{ type: "base.chosen", parentGenerationId }] });
    await enqueueStarted({ container, transaction, run: { runId, ownerId, modelId } });
  });
  return getRun({ database, ownerId, runId });
}

async function getOwnRequest({
  container: { database },
  ownerId,
  runId,
}: {
  container: Container;
  ownerId: string;
  runId: z.infer<typeof runStartInput>["runId"];
}) {
  await findWaitingRun({ database, ownerId, runId });
  return getRunRequest({ database, runId });
}
