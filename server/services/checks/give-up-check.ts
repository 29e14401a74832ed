import type { Container } from "#server/container.ts";
import { endCheckRun } from "#server/store/checks/check-runs.ts";
import { hastenCheckedRuns } from "../runs/checking/hasten-checked-runs.ts";

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
  await hastenCheckedRuns({ container });
}
