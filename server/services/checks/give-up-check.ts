import type { Container } from "#server/container.ts";
import { endCheckRun } from "#server/store/checks/check-runs.ts";

/** Ends a check that the queue has given up. */
export async function giveUpCheck({
  container: { database },
  checkRunId,
}: {
  container: Pick<Container, "database">;
  checkRunId: string;
}): Promise<void> {
  await endCheckRun({
    transaction: database.prisma,
    checkRunId,
    status: "COULD_NOT_RUN",
    reason: "The worker stopped several times while this check ran. The version is unchanged. Run the check again.",
  });
}
