import type { LastGreenOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { listAncestors } from "#server/store/versions/ancestors.ts";
import { findCheckPlan } from "#server/store/checks/project-checks.ts";
import { getProject } from "#server/store/projects.ts";
import { isGreen } from "./read-generation-checks.ts";
import { loadVerdicts } from "./load-verdicts.ts";

/** Versions whose results are read together. */
const batchSize = 50;
/** Users do not roll back further by checks. */
const maxVersions = 1_000;

/**
 * The newest ancestor of the active version, or that version itself, on whose files every check passes.
 *
 * @throws AppError PROJECT_NOT_FOUND
 */
export async function findLastGreen({
  container: { database },
  ownerId,
  projectId,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  projectId: ProjectId;
}): Promise<LastGreenOutput> {
  const transaction = database.prisma;
  const { headGenerationId } = await getProject({ database, ownerId, projectId });
  const plan = await findCheckPlan({ transaction, projectId });
  if (headGenerationId === null || plan === null) return {};
  const checks = plan.checks.filter(({ isEnabled }) => isEnabled);
  const line = await listAncestors({ database, generationId: headGenerationId, limit: maxVersions });
  for (let start = 0; start < line.length; start += batchSize) {
    const batch = line.slice(start, start + batchSize);
    const rootTreeHashes = batch.map(({ rootTreeHash }) => rootTreeHash);
    const verdicts = await loadVerdicts({ transaction, ownerId, rootTreeHashes });
    const green = batch.find((generation) => isGreen({ checks, generation, verdicts }));
    if (green !== undefined) return { generationId: green.generationId as GenerationId, version: green.version };
  }
  return {};
}
