import type { RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { RunRequest } from "#server/orchestrator/ports.ts";
import { lockQueues, moveWaiting } from "#server/store/runs/queued-runs.ts";
import { lockForSuccessor } from "#server/store/runs/run-successors.ts";
import { enqueueRun, type Submission, type SubmittedRun } from "./submit-run.ts";

/**
 * Starts a run that continues an ended one, or follows its plan. At most one such run is active: a second request
 * returns it.
 *
 * @throws AppError RUN_NOT_IN_REVIEW if another run has already completed it
 */
export async function submitSuccessor({
  container,
  ownerId,
  request,
  of: { runId, kind },
}: Submission & {
  request: RunRequest;
  of: { runId: RunId; kind: "continuation" | "plan" };
}): Promise<SubmittedRun> {
  await container.models.get(request.modelId);
  return container.database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId: request.projectId });
    const { completedByRunId, successorId } = await lockForSuccessor({ transaction, runId, kind });
    if (completedByRunId !== null) {
      throw new AppError({
        code: "RUN_NOT_IN_REVIEW",
        message: "Another run has completed this one. Nothing was started.",
        details: { completedByRunId },
      });
    }
    if (successorId !== null) return { projectId: request.projectId, runId: successorId };
    const submitted = await enqueueRun({
      container,
      transaction,
      run: { ...request, ownerId, afterRunId: null, retryOfRunId: null, idempotencyKey: null, requestHash: null },
    });
    // What waits for its version now waits for the new run's.
    await moveWaiting({ transaction, fromRunId: runId, toRunId: submitted.runId });
    return submitted;
  });
}
