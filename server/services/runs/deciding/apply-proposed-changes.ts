import type { z } from "zod";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { runApplyProposedInput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { editGeneration } from "../../versions/editing/edit-generation.ts";
import { createEndedRuns } from "../working/ended-runs.ts";

/**
 * Applies changes that the model proposed outside its scope and the user wants: a version by the user, based on the
 * run's result or, if it made none, on the parent.
 *
 * @throws AppError RUN_NOT_FOUND, INVALID_INPUT, EDIT_FAILED, NO_CHANGES
 */
export async function applyProposedChanges({
  container,
  ownerId,
  input: { runId, indexes },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runApplyProposedInput>;
}): Promise<{ generationId: GenerationId }> {
  const run = await getRun({ database: container.database, ownerId, runId });
  const parentGenerationId = run.generationId ?? run.parentGenerationId;
  const proposed = await createEndedRuns(container).listProposed(runId);
  const wanted = [...new Set(indexes)].sort((a, b) => a - b);
  const operations = wanted.flatMap((index) => proposed[index]?.operation ?? []);
  if (parentGenerationId === null || operations.length < wanted.length) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: "This run did not propose these changes. Nothing was changed. Load the page again.",
    });
  }
  return editGeneration({ container, ownerId, input: { parentGenerationId, changeSet: { operations } } });
}
