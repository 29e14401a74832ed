import type { z } from "zod";
import type { checkRunInput, GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import { cancelCheckRuns } from "#server/store/checks/check-runs.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { releaseCheckedRuns } from "../runs/checking/release-checked-runs.ts";
import { readGenerationChecks } from "./read-generation-checks.ts";

/** Cancels the waiting and running checks of a version; results are kept. @throws AppError GENERATION_NOT_FOUND */
export async function cancelChecks({
  container,
  ownerId,
  input: { generationId, checkIds },
}: {
  container: Pick<Container, "database" | "queue">;
  ownerId: string;
  input: z.infer<typeof checkRunInput>;
}): Promise<GenerationChecksOutput> {
  await container.database.prisma.$transaction(async (transaction) => {
    await getStoredGeneration({ transaction, generationId, ownerId });
    await cancelCheckRuns({ transaction, ownerId, of: { generationId }, checkIds: checkIds ?? null });
  });
  // A run may be waiting for them as the checks of its parent.
  await releaseCheckedRuns({ container });
  return readGenerationChecks({ container, ownerId, generationId });
}
