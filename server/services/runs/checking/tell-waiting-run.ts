import type { CandidateCheck } from "#lib/contracts/versions/check.ts";
import type { CheckRunStatus, StoredCheckRun } from "#server/store/checks/check-runs.ts";
import type { Database } from "#server/store/database.ts";
import { appendWaitingEvents } from "#server/store/runs/checked-runs.ts";

/** Appends the state of a candidate's check to the log of the waiting run. Checks of versions have no run. */
export async function tellWaitingRun({
  database,
  run: { runId, name },
  status,
  durationMs,
  reason,
}: {
  database: Database;
  run: StoredCheckRun;
  status: CheckRunStatus | "running";
  durationMs?: number;
  reason?: string;
}): Promise<void> {
  if (runId === null) return;
  await appendWaitingEvents({
    database,
    runId,
    events: [
      {
        type: "project.check",
        name,
        status: status === "running" ? status : toCandidateStatus(status),
        ...(durationMs === undefined ? {} : { durationMs }),
        ...(reason === undefined ? {} : { reason }),
      },
    ],
  });
}

/** A check that has not ended counts as one that could not run. */
export function toCandidateStatus(status: CheckRunStatus): CandidateCheck["status"] {
  switch (status) {
    case "PASSED":
      return "passed";
    case "FAILED":
      return "failed";
    case "CANCELLED":
      return "cancelled";
    case "QUEUED":
    case "RUNNING":
    case "COULD_NOT_RUN":
      return "could-not-run";
  }
}
