import type { z } from "zod";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { FileDecision, runResolveInput } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { AppError } from "#lib/errors.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import type { Container } from "#server/container.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import type { NewGeneration } from "#server/orchestrator/ports.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { transitionRun } from "#server/store/runs/runs.ts";
import { completeContinuedRuns, lockForSuccessor } from "#server/store/runs/run-successors.ts";
import { advanceQueue } from "../queue/advance-queue.ts";
import { continueRun } from "../submitting/continue-run.ts";
import { decideHeld } from "./decide-held.ts";
import { getHeldForReview, notInReview } from "./get-held-for-review.ts";

/**
 * Carries out the user's decisions on an ended run's held files. Accepting some and keeping others makes a version of
 * kind `accept`, which is checked like any other candidate before it is stored. Requesting a repair starts a run that
 * redoes only those files and keeps the rest.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, RUN_HOLDS_NOTHING, INVALID_INPUT, NO_CHANGES, VALIDATION_FAILED
 *   with `details.issues` if the parts are inconsistent
 */
export async function resolveRun({
  container,
  ownerId,
  input: { runId, decisions, acceptIssues = false },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runResolveInput>;
}): Promise<{ generationId: GenerationId } | { runId: RunId }> {
  const { database, treeObjects } = container;
  const held = await getHeldForReview({ container, ownerId, runId, decisions });
  assertDecided({ held, decisions });
  if (decisions.some(({ decision }) => decision === "repair"))
    return continueRun({ container, ownerId, input: { runId, decisions } });

  const generation = await planAccepted({ container, held, decisions, acceptIssues });
  if (generation.changes.length === 0) {
    throw new AppError({
      code: "NO_CHANGES",
      message:
        "With these decisions nothing differs from the parent, so no version was made. The run is left as it is.",
    });
  }
  return database.prisma.$transaction(async (transaction) => {
    const { status, completedByRunId } = await lockForSuccessor({ transaction, runId, kind: "continuation" });
    if (completedByRunId !== null || status === "SUCCEEDED") throw notInReview(runId);
    const stored = await appendGeneration({
      transaction,
      treeObjects,
      generation,
      isCandidate: held.candidate.request.candidate !== null,
    });
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["NEEDS_REVIEW", "FAILED", "CANCELLED"],
      change: {
        status: "SUCCEEDED",
        generationId: stored.generationId,
        isBranch: !stored.isHead,
        summary: held.candidate.summary,
        endedAt: new Date(),
      },
    });
    if (!moved) throw notInReview(runId);
    const { generationId, version, isHead } = stored;
    await appendRunEvents({
      transaction,
      runId,
      events: [
        {
          type: "succeeded",
          generationId,
          version,
          counts: generation.counts,
          isBranch: !isHead,
          summary: held.candidate.summary,
        },
      ],
    });
    await completeContinuedRuns({ transaction, runId });
    await advanceQueue({ container, transaction, runId });
    return { generationId };
  });
}

function assertDecided({ held, decisions }: { held: HeldCandidate; decisions: FileDecision[] }): void {
  const changed = new Set<string>(held.candidate.merged.changes.map(({ path }) => path));
  const decided = new Set(decisions.map(({ path }) => path));
  const open = held.issues.find((issue) => isDoubt(issue) && changed.has(issue.path) && !decided.has(issue.path));
  if (open !== undefined)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `Decide on ${open.path} too: it is doubtful. Nothing was changed.`,
    });
}

/** The version that the decisions make, checked like any other candidate before it is stored. */
async function planAccepted({
  container,
  held,
  decisions,
  acceptIssues,
}: {
  container: Container;
  held: HeldCandidate;
  decisions: FileDecision[];
  acceptIssues: boolean;
}): Promise<NewGeneration> {
  const { request } = held.candidate;
  const { merged, parentContents, issues, problems } = await decideHeld({ container, held, decisions });
  if (problems.length > 0 && !acceptIssues) throw doesNotFit(problems);
  const { tree, newContents, changes, counts } = merged;
  const known = new Set(problems);
  return {
    projectId: request.projectId,
    kind: "accept",
    author: "user",
    prompt: request.prompt,
    parentGenerationIds: request.parentGenerationId === null ? [] : [request.parentGenerationId],
    sourceGenerationId: null,
    tree,
    newContents,
    baseContents: parentContents,
    changes,
    counts,
    issues: [
      ...issues.map((issue): ValidationIssue =>
        known.has(issue) || !isDoubt(issue) ? issue : { ...issue, severity: "warning" },
      ),
      ...held.issues.filter(({ validator }) => validator === "scope"),
    ],
  };
}

function doesNotFit(problems: readonly ValidationIssue[]): AppError {
  const [first] = problems;
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : "";
  return new AppError({
    code: "VALIDATION_FAILED",
    message: `What you took and what you kept do not fit together: ${first?.path ?? ""}: ${first?.message ?? ""}${more} Nothing was saved. Decide on these files alike, or save with the problems.`,
    details: { issues: problems },
  });
}
