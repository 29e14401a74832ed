import type { CandidateOutput, CandidateSetOutput } from "#lib/contracts/runs/candidate.ts";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readCandidateChecks } from "#server/services/checks/read-candidate-checks.ts";
import { listCandidates } from "#server/store/runs/candidate-runs.ts";
import { findMergeBase, getStoredGeneration } from "#server/store/versions/generations.ts";
import { readHead } from "#server/store/projects.ts";
import { getRun } from "#server/store/runs/runs.ts";

/** The answers requested together with this run's. @throws AppError RUN_NOT_FOUND; INVALID_INPUT if it answers alone */
export async function readCandidates({
  container,
  ownerId,
  runId,
}: {
  container: Container;
  ownerId: string;
  runId: RunId;
}): Promise<CandidateSetOutput> {
  const { database } = container;
  const transaction = database.prisma;
  const { candidate, projectId, parentGenerationId, prompt } = await getRun({ database, ownerId, runId });
  if (candidate === null || parentGenerationId === null) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: "This run answers alone: no other candidate was asked for with it. Open the run itself.",
      details: { runId },
    });
  }
  const { setId } = candidate;
  const candidates = await listCandidates({ database, ownerId, setId });
  const checks = await readCandidateChecks({ container, ownerId, projectId, candidates });
  const items = candidates.map(({ heldChecks: _heldChecks, ...item }): CandidateOutput => ({
    ...item,
    checks: checks.get(item.runId) ?? null,
  }));
  const headGenerationId = await readHead({ transaction, ownerId, projectId });
  const head =
    headGenerationId === null ? null : await getStoredGeneration({ transaction, generationId: headGenerationId });
  const parent = await getStoredGeneration({ transaction, generationId: parentGenerationId });
  return {
    setId,
    projectId,
    prompt,
    parentGenerationId,
    parentVersion: parent.version,
    headGenerationId,
    headVersion: head?.version ?? null,
    chosenGenerationId: await findChosen({ container, headGenerationId, items }),
    items,
  };
}

/** The candidate that is the head or its ancestor; after a merge of several, the first. */
async function findChosen({
  container,
  headGenerationId,
  items,
}: {
  container: Container;
  headGenerationId: GenerationId | null;
  items: CandidateSetOutput["items"];
}): Promise<GenerationId | null> {
  if (headGenerationId === null) return null;
  for (const { generationId } of items) {
    if (generationId === null) continue;
    const base = await findMergeBase({ transaction: container.database.prisma, a: generationId, b: headGenerationId });
    if (base === generationId) return generationId;
  }
  return null;
}
