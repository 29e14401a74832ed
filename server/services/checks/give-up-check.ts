import type { Container } from "#server/container.ts";
import { endCheckRun } from "#server/store/checks/check-runs.ts";
import { releaseCheckedRuns } from "../runs/checking/release-checked-runs.ts";

/** Ends a check that the queue has given up. */
export async function giveUpCheck({
  container,
  checkRunId,
}: {
  container: Pick<Container, "database" | "queue">;
  checkRunId: string;
}): Promise<void> {
  await endCheckRun({
    transaction: container.database.prisma,
    checkRunId,
    status: "COULD_NOT_RUN",
    reason: "The worker stopped several times while this check ran. The version is unchanged. Run the check again.",
  });
  await releaseCheckedRuns({ container });
}
