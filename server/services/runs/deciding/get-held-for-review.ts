import type { RunId } from "#lib/contracts/ids.ts";
import type { FileDecision } from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import { getRun } from "#server/store/runs/runs.ts";
import { createEndedRuns } from "../working/ended-runs.ts";

/**
 * What a run holds for the user to decide on.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, RUN_HOLDS_NOTHING; INVALID_INPUT if a decision names a file that
 *   the run does not change
 */
export async function getHeldForReview({
  container,
  ownerId,
  runId,
  decisions,
}: {
  container: Container;
  ownerId: string;
  runId: RunId;
  decisions: readonly FileDecision[];
}): Promise<HeldCandidate> {
  const run = await getRun({ database: container.database, ownerId, runId });
  if (run.generationId !== null || run.holds === null) throw notInReview(runId);
  const held = await createEndedRuns(container).getHeld(runId);
  const changed = new Set<string>(held.candidate.merged.changes.map(({ path }) => path));
  const unknown = decisions.find(({ path }) => !changed.has(path));
  if (unknown !== undefined)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${unknown.path} is not among the files that this run changes. Nothing was changed.`,
    });
  return held;
}

export function notInReview(runId: RunId): AppError {
  return new AppError({
    code: "RUN_NOT_IN_REVIEW",
    message: "This run holds nothing for review any more. Nothing was changed by this request.",
    details: { runId },
  });
}
