import type { z } from "zod";
import type { FilePath, GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { FileDecision, runResolveInput } from "#lib/contracts/run.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { findParentHashesNeeded } from "#server/core/merge/find-parent-hashes-needed.ts";
import { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import { undoChanges } from "#server/core/merge/working-tree.ts";
import type { HeldCandidate } from "#server/orchestrator/held-candidate.ts";
import type { GenerationStore, NewGeneration } from "#server/orchestrator/ports.ts";
import { appendGeneration } from "#server/store/generations.ts";
import { createGenerationStore } from "#server/store/generation-store.ts";
import { appendRunEvents } from "#server/store/run-events.ts";
import { getRun, lockForSuccessor, transitionRun } from "#server/store/runs.ts";
import { continueRun } from "./continue-run.ts";
import { createEndedRuns } from "./ended-runs.ts";

/**
 * Carries out what a person decided on the files that an ended run holds. Accepting and keeping the parent's makes a
 * version of kind `accept`; asking for a repair starts a run that does only those files once more and keeps the rest.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_IN_REVIEW, RUN_HOLDS_NOTHING, INVALID_INPUT, NO_CHANGES
 */
export async function resolveRun({
  container,
  ownerId,
  input: { runId, decisions },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof runResolveInput>;
}): Promise<{ generationId: GenerationId } | { runId: RunId }> {
  const { database, treeObjects } = container;
  const run = await getRun({ database, ownerId, runId });
  if (run.generationId !== null || run.holds === null) throw notInReview(runId);
  const held = await createEndedRuns(container).getHeld(runId);
  assertDecided({ held, decisions });
  if (decisions.some(({ decision }) => decision === "repair"))
    return continueRun({ container, ownerId, input: { runId, decisions } });

  const generations = createGenerationStore({ database, treeObjects });
  const generation = await planAccepted({ held, generations, decisions });
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
    const stored = await appendGeneration({ transaction, treeObjects, generation });
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["NEEDS_REVIEW", "FAILED", "CANCELLED"],
      change: { status: "SUCCEEDED", generationId: stored.generationId, isBranch: !stored.isHead, endedAt: new Date() },
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
    return { generationId };
  });
}

function assertDecided({ held, decisions }: { held: HeldCandidate; decisions: FileDecision[] }): void {
  const changed = new Set<string>(held.candidate.merged.changes.map(({ path }) => path));
  const unknown = decisions.find(({ path }) => !changed.has(path));
  if (unknown !== undefined)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${unknown.path} is not among the files that this run changes. Nothing was changed.`,
    });
  const decided = new Set(decisions.map(({ path }) => path));
  const open = held.issues.find(
    ({ severity, path }) => severity !== "warning" && changed.has(path) && !decided.has(path),
  );
  if (open !== undefined)
    throw new AppError({
      code: "INVALID_INPUT",
      message: `Decide on ${open.path} too: it is doubtful. Nothing was changed.`,
    });
}

/** The candidate, with the parent's version of the files that are not to change. Files that nobody doubts are accepted. */
async function planAccepted({
  held: { candidate, issues },
  generations,
  decisions,
}: {
  held: HeldCandidate;
  generations: GenerationStore;
  decisions: FileDecision[];
}): Promise<NewGeneration> {
  const { request } = candidate;
  const kept = new Set(
    decisions.flatMap(({ path, decision }) => (decision === "keep-parent" ? [path as FilePath] : [])),
  );
  const start = undoChanges({ workingTree: candidate.merged.workingTree, paths: kept });
  const changeSet = { operations: [] };
  const parentContents = await generations.loadContents(findParentHashesNeeded({ start, changeSet }));
  const result = mergeChangeSet({ start, parentContents, changeSet });
  if (result.status === "rejected")
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${result.failures[0]?.message ?? "These decisions do not fit together."} Nothing was changed.`,
    });
  const { tree, newContents, changes, counts } = result.candidate;
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
    issues: issues.filter(({ path }) => !kept.has(path)).map((issue) => ({ ...issue, severity: "warning" })),
  };
}

function notInReview(runId: RunId): AppError {
  return new AppError({
    code: "RUN_NOT_IN_REVIEW",
    message: "This run holds nothing for review any more. Nothing was changed by this request.",
    details: { runId },
  });
}
