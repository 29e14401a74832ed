import type { z } from "zod";
import type { checkConfigureInput, ProjectChecksOutput } from "#lib/contracts/versions/check.ts";
import type { Container } from "#server/container.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { saveCheckPlan } from "#server/store/checks/project-checks.ts";
import { getProject } from "#server/store/projects.ts";
import { listProjectChecks } from "./list-project-checks.ts";
import { scheduleChecks } from "./schedule-checks.ts";
import { toCheckId } from "./to-check-id.ts";

/**
 * Stores the commands that the user confirmed for a project and what a new failure does, and runs the enabled ones on
 * its active version. Later versions are checked automatically.
 *
 * @throws AppError PROJECT_NOT_FOUND
 */
export async function configureChecks({
  container,
  ownerId,
  input: { projectId, checks, onNewFailure },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof checkConfigureInput>;
}): Promise<ProjectChecksOutput> {
  const { headGenerationId } = await getProject({ database: container.database, ownerId, projectId });
  const plan = checks.map((check) => ({
    ...check,
    source: check.source ?? "user",
    checkId: toCheckId({ projectId, name: check.name }),
  }));
  await container.database.prisma.$transaction(async (transaction) => {
    await saveCheckPlan({ transaction, projectId, checks: plan, onNewFailure });
    if (headGenerationId === null) return;
    const generation = await getStoredGeneration({ transaction, generationId: headGenerationId, ownerId });
    await scheduleChecks({
      container,
      transaction,
      ownerId,
      generation,
      checks: plan.filter(({ isEnabled }) => isEnabled),
    });
  });
  return listProjectChecks({ container, ownerId, projectId });
}
