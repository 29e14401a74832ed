import type { RunId } from "#lib/contracts/ids.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import { AppError, type AppErrorCode } from "#lib/errors.ts";
import { lockQueues, moveWaiting } from "#server/store/runs/queued-runs.ts";
import { getRunSettings } from "#server/store/projects.ts";
import { readLastEventType } from "#server/store/runs/run-events.ts";
import { getRun, getRunRequest, requestPauseSkip } from "#server/store/runs/runs.ts";
import { lockForSuccessor } from "#server/store/runs/run-successors.ts";
import { copyRunSteps } from "#server/store/runs/run-steps.ts";
import { readRunLimitUsd } from "../../operations/spending.ts";
import { enqueueRun, type Submission, type SubmittedRun } from "./submit-run.ts";

/**
 * Failures in which the answers so far were good and the next one did not arrive: a retry continues after the last one.
 */
const interruptedCalls: ReadonlySet<AppErrorCode> = new Set([
  "MODEL_UNAVAILABLE",
  "RATE_LIMITED",
  "PROVIDER_AUTH",
  "MODEL_OUTPUT_INVALID",
  "WORKER_LOST",
  "INTERNAL",
]);

/**
 * Repeats the request of an ended run as a new run on the same parent. If a model call failed, the finished ones before
 * it are not paid again; if the answers themselves were the failure, or the user cancelled, everything restarts. A run
 * that waits for its provider is tried at once and stays the same run. A run has at most one active retry: a second
 * request returns its id.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_RETRYABLE
 */
export async function submitRetry({ container, ownerId, runId }: Submission & { runId: RunId }): Promise<SubmittedRun> {
  const { projectId, status, failure } = await getRun({ database: container.database, ownerId, runId });
  if (
    status === "QUEUED" &&
    (await container.database.prisma.$transaction((transaction) => container.queue.release({ transaction, runId })))
  )
    return { projectId, runId };
  if (status === "RUNNING" && (await readLastEventType({ database: container.database, runId })) === "retrying") {
    await requestPauseSkip({ database: container.database, runId });
    return { projectId, runId };
  }
  const request = await getRunRequest({ database: container.database, runId });
  const wasWithdrawn = request.afterRunId !== null && request.parentGenerationId === null;
  if ((status !== "FAILED" && status !== "CANCELLED") || wasWithdrawn) {
    throw new AppError({
      code: "RUN_NOT_RETRYABLE",
      message: wasWithdrawn
        ? "This prompt was withdrawn before it had a version to begin with. Send it again on the version that you want."
        : "Only a run that failed or was cancelled can be retried. This one is left as it is.",
      details: { runId, status },
    });
  }
  await container.models.get(request.modelId);
  const isContinued = status === "FAILED" && failure !== null && (await goesOn({ container, ownerId, failure }));
  // Replayed answers were given under the old choice; a run that starts over uses what the user allows now.
  const { shownSecretPaths } = isContinued
    ? request
    : await getRunSettings({ database: container.database, projectId });
  return container.database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId });
    const { successorId } = await lockForSuccessor({ transaction, runId, kind: "retry" });
    if (successorId !== null) return { projectId, runId: successorId };
    const submitted = await enqueueRun({
      container,
      transaction,
      run: { ...request, shownSecretPaths, ownerId, retryOfRunId: runId, idempotencyKey: null, requestHash: null },
    });
    if (isContinued) await copyRunSteps({ transaction, fromRunId: runId, toRunId: submitted.runId });
    await moveWaiting({ transaction, fromRunId: runId, toRunId: submitted.runId });
    return submitted;
  });
}

/** A run that stopped at its limit continues only if the limit was raised: otherwise it would stop at once. */
async function goesOn({
  container,
  ownerId,
  failure: { code, details },
}: Submission & { failure: RunFailure }): Promise<boolean> {
  if (code !== "BUDGET_EXCEEDED" || typeof details?.["spentUsd"] !== "number") return interruptedCalls.has(code);
  const limitUsd = await readRunLimitUsd({ container, ownerId });
  return limitUsd === null || details["spentUsd"] < limitUsd;
}
