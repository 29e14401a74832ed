import type { Check } from "#lib/contracts/versions/check.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import type { RunAttempt } from "#server/jobs/run-queue.ts";
import type { PendingChecks, RunRequest } from "#server/orchestrator/ports.ts";
import type { RunPause } from "#server/orchestrator/run-outcome.ts";
import { createCheckRun, listCheckRunsOfRun } from "#server/store/checks/check-runs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { lockForEnd, transitionRun } from "#server/store/runs/runs.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { scheduleMissing } from "../../checks/schedule-checks.ts";
import { describeFindings, LostAttempt } from "../working/finish-run.ts";
import { releaseCheckedRuns } from "./release-checked-runs.ts";

/**
 * Releases a run from its worker until the checks of its candidate have ended. They run in separate jobs and slots; the
 * end of the last one resumes the run, and so does the end of the longest wait. The candidate is stored on the run, in
 * case the user cancels it before they end.
 *
 * @returns false if the user has already cancelled the run
 * @throws LostAttempt
 */
export async function awaitChecks({
  container,
  request,
  ownerId,
  attempt,
  pause,
}: {
  container: Container;
  request: RunRequest;
  ownerId: string;
  attempt: RunAttempt;
  pause: RunPause;
}): Promise<boolean> {
  const { database, queue } = container;
  const { runId } = request;
  const { wanted, wantedOfParent } = pause.pending;
  const isWaiting = await database.prisma.$transaction(async (transaction) => {
    const { isCancelRequested } = await lockForEnd({ transaction, runId });
    if (isCancelRequested) return false;
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["RUNNING"],
      // Attempts count unfinished ones. This one ended.
      change: {
        ...describeFindings(pause),
        candidate: pause.candidate,
        waitsForChecks: true,
        attempt: 0,
        crashes: 0,
        openAttempt: null,
      },
    });
    if (!moved || !(await queue.complete({ transaction, attempt }))) throw new LostAttempt(runId);
    await scheduleParent({ container, transaction, ownerId, request, checks: wantedOfParent });
    await scheduleCandidate({ container, transaction, ownerId, request, pending: pause.pending });
    const names = (checks: readonly Check[]) => checks.map(({ name }) => name);
    await appendRunEvents({
      transaction,
      runId,
      events: [{ type: "checks.queued", names: names(wanted), parentNames: names(wantedOfParent) }],
    });
    await queue.enqueue({ transaction, runId, ownerId, startAfter: new Date(Date.now() + limits.checksWaitMs) });
    return true;
  });
  // The checks may have ended before the run waited for them.
  if (isWaiting) await releaseCheckedRuns({ container });
  return isWaiting;
}

type Scheduling = { container: Container; transaction: Transaction; ownerId: string; request: RunRequest };

async function scheduleParent({
  request: { parentGenerationId },
  checks,
  ...scheduling
}: Scheduling & { checks: readonly Check[] }): Promise<void> {
  if (parentGenerationId === null || checks.length === 0) return;
  const { transaction } = scheduling;
  const generation = await getStoredGeneration({ transaction, generationId: parentGenerationId });
  await scheduleMissing({ ...scheduling, generation, checks });
}

async function scheduleCandidate({
  container,
  transaction,
  ownerId,
  request: { runId, projectId },
  pending: { rootTreeHash, wanted },
}: Scheduling & { pending: PendingChecks }): Promise<void> {
  const earlier = await listCheckRunsOfRun({ transaction, runId });
  for (const { checkId, name, command } of wanted) {
    const last = earlier.find((run) => run.checkId === checkId);
    const run = { ownerId, projectId, generationId: null, runId, rootTreeHash, checkId, name, command };
    const checkRunId = await createCheckRun({ transaction, run, ordinal: (last?.ordinal ?? 0) + 1 });
    if (checkRunId !== null) await container.checkQueue.enqueue({ transaction, checkRunId, ownerId });
  }
}
