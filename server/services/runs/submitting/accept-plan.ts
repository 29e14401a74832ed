import type { z } from "zod";
import { readPlanStep } from "#lib/contracts/runs/plan-paths.ts";
import type { runAcceptPlanInput } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { emptyFileTree } from "#server/core/file-tree.ts";
import { planScope } from "#server/core/merge/scopes/plan-scope.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { getRun, getRunRequest } from "#server/store/runs/runs.ts";
import type { SubmittedRun } from "./submit-run.ts";
import { submitSuccessor } from "./submit-successor.ts";

/**
 * Starts the run that follows an accepted plan. It may only change the files that the steps name: other proposals are
 * shown and not applied. While such a run is active, it is returned instead of a second one; if it made no version, the
 * plan can be accepted again.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, INVALID_INPUT if the steps name no file that may change
 */
export async function acceptPlan({
  container,
  ownerId,
  input: { runId, steps: given },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runAcceptPlanInput>;
}): Promise<SubmittedRun> {
  const { database, treeObjects } = container;
  const { kind, status } = await getRun({ database, ownerId, runId });
  if (kind !== "plan" || status !== "NEEDS_REVIEW") {
    throw new AppError({
      code: "RUN_NOT_IN_REVIEW",
      message: "This run has no plan that waits for you. Nothing was started. Load the page again.",
      details: { runId, status },
    });
  }
  const request = await getRunRequest({ database, runId });
  const { parentGenerationId: generationId } = request;
  const tree =
    generationId === null
      ? emptyFileTree
      : (await loadGenerationTree({ database, treeObjects, ownerId, generationId })).tree;
  const steps = given.map((step, index) => `${index + 1}. ${readPlanStep(step)}`);
  const scope = planScope({ steps, paths: tree.keys(), scope: request.scope });
  if (scope === null) {
    throw new AppError({
      code: "INVALID_INPUT",
      message:
        "No step names a file that may change, so there is nothing to do. Nothing was started. Write the path of each file into its step.",
    });
  }
  return submitSuccessor({
    container,
    ownerId,
    request: { ...request, kind: "generate", mode: "enhanced", scope, acceptedPlan: { runId, steps } },
    of: { runId, kind: "plan" },
  });
}
