import type { Container } from "#server/container.ts";
import { listCheckedRuns } from "#server/store/runs/checked-runs.ts";

/**
 * Releases the waiting runs whose checks have all ended. It runs after each commit that ends a check or starts a wait,
 * and reads committed rows: if two checks end at once, the later call sees both. Releasing a run twice is harmless.
 */
export async function releaseCheckedRuns({
  container: { database, queue },
}: {
  container: Pick<Container, "database" | "queue">;
}): Promise<void> {
  for (const runId of await listCheckedRuns({ database })) await queue.release({ transaction: database.prisma, runId });
}
