import type { z } from "zod";
import type { Check, checkRunInput, GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { Transaction } from "#server/store/database.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { readGenerationChecks } from "./read-generation-checks.ts";
import { scheduleChecks } from "./schedule-checks.ts";

/**
 * Runs checks of a version on the user's request, even if there is a result: a case with a different outcome is then
 * flaky.
 *
 * @throws AppError GENERATION_NOT_FOUND, CHECKS_NOT_CONFIRMED, CHECK_NOT_FOUND
 */
export async function runChecks({
  container,
  ownerId,
  input: { generationId, checkIds },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof checkRunInput>;
}): Promise<GenerationChecksOutput> {
  await container.database.prisma.$transaction(async (transaction) => {
    const generation = await getStoredGeneration({ transaction, generationId, ownerId });
    const enabled = await getEnabledChecks({ transaction, projectId: generation.projectId });
    const unknown = checkIds?.find((id) => !enabled.some(({ checkId }) => checkId === id));
    if (unknown !== undefined) throw checkNotFound(unknown);
    const checks = enabled.filter(({ checkId }) => checkIds?.includes(checkId) ?? true);
    await scheduleChecks({ container, transaction, ownerId, generation, checks, isAgain: true });
  });
  return readGenerationChecks({ container, ownerId, generationId });
}

async function getEnabledChecks({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<Check[]> {
  const plan = await findCheckPlan({ transaction, projectId });
  if (plan === null)
    throw new AppError({
      code: "CHECKS_NOT_CONFIRMED",
      message:
        "Nobody has confirmed this project's checks yet, so nothing ran. Look at the commands in the project's checks and confirm them.",
    });
  return plan.checks.filter(({ isEnabled }) => isEnabled);
}

export function checkNotFound(checkId: string): AppError {
  return new AppError({
    code: "CHECK_NOT_FOUND",
    message:
      "This project has no such check, or it is switched off. Nothing was run. The project's checks show what there is.",
    details: { checkId },
  });
}
