import type { RunId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { RunCandidate } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import type { NewGeneration } from "#server/orchestrator/ports.ts";
import type { RunFindings, RunOutcome, RunPause, TalkOutcome } from "#server/orchestrator/run-outcome.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { repeatAfterDeadlock } from "#server/store/repeat-after-deadlock.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { lockForEnd, transitionRun, type RunChange } from "#server/store/runs/runs.ts";
import { completeContinuedRuns } from "#server/store/runs/run-successors.ts";
import type { TreeObjects } from "#server/store/contents/tree-objects.ts";
import type { RunAttempt } from "#server/jobs/run-queue.ts";
import { advanceQueue } from "../queue/advance-queue.ts";

/** Another worker holds the run by now: this attempt's result is dropped, and nothing of it was stored. */
export class LostAttempt extends Error {
  constructor(runId: RunId) {
    super(`Run ${runId} was taken over by another worker.`);
    this.name = "LostAttempt";
  }
}

/**
 * Stores the end of a run in ONE transaction: the generation with its blobs, trees and ledger, the head, the run's
 * state, its last event and the completion of its job. The last two are fenced: if either finds that this attempt no
 * longer holds the run, everything rolls back. An earlier cancellation, however late, decides how the run ends.
 *
 * @returns the outcome that was stored
 * @throws LostAttempt; AppError CONSERVATION_VIOLATED
 */
export function finishRun(end: RunEnd): Promise<RunOutcome | TalkOutcome> {
  return repeatAfterDeadlock(() => storeEnd(end));
}

type RunEnd = { container: Container; runId: RunId; attempt: RunAttempt; outcome: RunOutcome | TalkOutcome };

async function storeEnd({ container, runId, attempt, outcome: reached }: RunEnd): Promise<RunOutcome | TalkOutcome> {
  const { database, treeObjects, queue } = container;
  const startedAt = performance.now();
  return database.prisma.$transaction(async (transaction) => {
    const { isCancelRequested, isCandidate } = await lockForEnd({ transaction, runId });
    const outcome = isCancelRequested ? toCancelled(reached) : reached;
    const { change, event } = await storeOutcome({ transaction, treeObjects, runId, isCandidate, outcome });
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["RUNNING"],
      change: { ...change, ...describeFindings(outcome), endedAt: new Date() },
    });
    if (!moved) throw new LostAttempt(runId);
    const events: RunEvent[] = [{ type: "usage", usage: outcome.usage }, event];
    // The stage is done when this transaction commits, and not before.
    if (outcome.status === "succeeded")
      events.unshift({
        type: "stage.done",
        stage: "store-generation",
        durationMs: Math.round(performance.now() - startedAt),
      });
    await appendRunEvents({ transaction, runId, events });
    await advanceQueue({ container, transaction, runId });
    if (!(await queue.complete({ transaction, attempt }))) throw new LostAttempt(runId);
    return outcome;
  });
}

/** The user was told that the run would stop: its result is held, and becomes no version automatically. */
export function toCancelled(outcome: RunOutcome | TalkOutcome | RunPause): RunOutcome | TalkOutcome {
  if (outcome.status === "cancelled") return outcome;
  const { modeReason, plan, contextReceipt, usage, repairs, proposals } = outcome;
  const findings: RunFindings = { modeReason, plan, contextReceipt, usage, repairs, proposals };
  if (outcome.status === "answered" || outcome.status === "planned")
    return { status: "cancelled", candidate: null, finishedPaths: [], ...findings };
  const candidate = outcome.status === "succeeded" ? describeGeneration(outcome.generation) : outcome.candidate;
  const finishedPaths = candidate?.changes.map(({ path }) => path) ?? [];
  return { status: "cancelled", candidate, finishedPaths, ...findings };
}

function describeGeneration({ counts, changes, issues }: NewGeneration): RunCandidate {
  return { counts, changes, issues, isPartial: false };
}

/** The findings of a run as columns. */
export function describeFindings({
  modeReason,
  plan,
  contextReceipt,
  usage,
  repairs,
  proposals,
}: RunFindings): RunChange {
  return {
    usage,
    repairs,
    proposals,
    // A run that ends early keeps its given steps.
    ...(plan.length === 0 ? {} : { plan }),
    ...(modeReason === null ? {} : { modeReason }),
    ...(contextReceipt === null ? {} : { contextReceipt }),
  };
}

async function storeOutcome({
  transaction,
  treeObjects,
  runId,
  isCandidate,
  outcome,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  runId: RunId;
  isCandidate: boolean;
  outcome: RunOutcome | TalkOutcome;
}): Promise<{ change: RunChange; event: RunEvent }> {
  switch (outcome.status) {
    case "succeeded": {
      const { generationId, version, isHead } = await appendGeneration({
        transaction,
        treeObjects,
        generation: outcome.generation,
        isCandidate,
      });
      await completeContinuedRuns({ transaction, runId });
      return {
        change: { status: "SUCCEEDED", generationId, isBranch: !isHead, summary: outcome.summary, candidate: null },
        event: {
          type: "succeeded",
          generationId,
          version,
          counts: outcome.generation.counts,
          isBranch: !isHead,
          summary: outcome.summary,
        },
      };
    }
    case "held":
      return {
        change: {
          status: "NEEDS_REVIEW",
          candidate: outcome.candidate,
          ...(outcome.failure === null ? {} : { failure: outcome.failure }),
        },
        event: { type: "needs.review", candidate: outcome.candidate, reason: outcome.reason },
      };
    case "answered":
      return { change: { status: "SUCCEEDED", answer: outcome.answer }, event: { type: "answered" } };
    case "planned":
      return { change: { status: "NEEDS_REVIEW" }, event: { type: "planned" } };
    case "failed":
      return {
        change: {
          status: "FAILED",
          failure: outcome.failure,
          ...(outcome.candidate === null ? {} : { candidate: outcome.candidate }),
        },
        event: { type: "failed", failure: outcome.failure },
      };
    case "cancelled":
      return {
        change: { status: "CANCELLED", ...(outcome.candidate === null ? {} : { candidate: outcome.candidate }) },
        event: { type: "cancelled", finishedPaths: outcome.finishedPaths },
      };
  }
}
