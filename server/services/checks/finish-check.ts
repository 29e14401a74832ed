import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { CheckOutcome } from "#server/checks/run-check.ts";
import type { JobAttempt } from "#server/jobs/fair-queue.ts";
import { insertCheckResult, type StoredCheckResult } from "#server/store/checks/check-results.ts";
import { endCheckRun, type CheckRunStatus, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import type { Transaction } from "#server/store/database.ts";

export type CheckEnd =
  | (CheckOutcome & { rootTreeHash: ContentHash; toolchain: string })
  /** A result that existed already. */
  | { status: "known"; result: StoredCheckResult };

/**
 * Stores results, the run's end and the job's completion in one transaction. If another worker holds the job by now,
 * all of it rolls back.
 */
export async function finishCheck({
  container: { database, checkQueue },
  run,
  attempt,
  ends,
}: {
  container: Pick<Container, "database" | "checkQueue">;
  run: StoredCheckRun;
  attempt: JobAttempt;
  ends: readonly CheckEnd[];
}): Promise<CheckRunEnd> {
  return database.prisma.$transaction(async (transaction) => {
    let last: CheckRunEnd = { status: "CANCELLED" };
    for (const end of ends) last = await store({ transaction, run, end });
    const { status, resultId, reason } = last;
    // The reason of a limit is part of the result.
    const isEnded = await endCheckRun({
      transaction,
      checkRunId: run.checkRunId,
      status,
      ...(resultId === undefined ? {} : { resultId }),
      ...(reason === undefined || resultId !== undefined ? {} : { reason }),
    });
    if (!isEnded || !(await checkQueue.complete({ transaction, attempt })))
      throw new Error(`Check run ${run.checkRunId} was no longer held by this attempt.`);
    return last;
  });
}

/** The end of a check run, and the duration of its command. */
type CheckRunEnd = { status: CheckRunStatus; resultId?: string; reason?: string; durationMs?: number };

async function store({
  transaction,
  run,
  end,
}: {
  transaction: Transaction;
  run: StoredCheckRun;
  end: CheckEnd;
}): Promise<CheckRunEnd> {
  switch (end.status) {
    case "cancelled":
      return { status: "CANCELLED" };
    case "could-not-run":
      return { status: "COULD_NOT_RUN", reason: end.reason };
    case "known":
      return {
        status: end.result.hasPassed ? "PASSED" : "FAILED",
        resultId: end.result.resultId,
        durationMs: end.result.durationMs,
      };
    case "finished": {
      const { rootTreeHash, toolchain, hasPassed, exitCode, reason, durationMs, counts, cases, log } = end;
      const resultId = await insertCheckResult({
        transaction,
        result: {
          ownerId: run.ownerId,
          rootTreeHash,
          command: run.command,
          toolchain,
          hasPassed,
          exitCode,
          reason,
          durationMs,
          counts,
          cases,
          log,
        },
      });
      return { status: hasPassed ? "PASSED" : "FAILED", resultId, durationMs, ...(reason === null ? {} : { reason }) };
    }
  }
}
