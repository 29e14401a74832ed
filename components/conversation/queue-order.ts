import type { RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";

/** The prompts that wait behind one run, in starting order. */
export type WaitingLine = {
  /** The run that the first of them waits for. */
  behind: NonNullable<RunOutput["waitsFor"]>;
  /** That run ended without a version, so the user must choose a base for the first prompt. */
  isStopped: boolean;
  runs: RunOutput[];
};

/** The queues of a project, oldest first. */
export function listWaitingLines(active: readonly RunOutput[]): WaitingLine[] {
  const waiting = active.filter(({ waitsFor }) => waitsFor !== null);
  const byPrevious = new Map(waiting.map((run) => [run.waitsFor?.runId, run]));
  const ids = new Set(waiting.map(({ runId }) => runId));
  return waiting
    .filter(({ waitsFor }) => waitsFor !== null && !ids.has(waitsFor.runId))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .flatMap((first): WaitingLine[] => {
      if (first.waitsFor === null) return [];
      const runs: RunOutput[] = [];
      for (let next: RunOutput | undefined = first; next !== undefined; next = byPrevious.get(next.runId))
        runs.push(next);
      return [{ behind: first.waitsFor, isStopped: !isActive(first.waitsFor.status), runs }];
    });
}

/**
 * The run that a prompt on a version waits for: the oldest one that would make a child of it and is not a candidate.
 */
export function findRunToWaitFor({
  active,
  generationId,
}: {
  active: readonly RunOutput[];
  generationId: string | null;
}): RunOutput | null {
  const working = active.filter(
    ({ kind, parentGenerationId, waitsFor, candidate }) =>
      kind !== "ask" &&
      candidate === null &&
      waitsFor === null &&
      generationId !== null &&
      parentGenerationId === generationId,
  );
  return working.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0] ?? null;
}

/** The run that makes the first version of a project, while it is running. */
export function findCreation(active: readonly RunOutput[]): RunOutput | null {
  return (
    active.find(
      ({ kind, parentGenerationId, waitsFor }) =>
        kind === "generate" && parentGenerationId === null && waitsFor === null,
    ) ?? null
  );
}

/** Why a queue is stopped, and what resumes it. */
export function describeStop({ status }: { status: RunOutput["status"] }): string {
  switch (status) {
    case "NEEDS_REVIEW":
      return "Stopped: the run before waits for your decision. Save that result to continue, or start this one on another version.";
    case "FAILED":
      return "Stopped: the run before failed. Retry that run, or start this one on a version.";
    default:
      return "Stopped: the run before was cancelled. Start this one on a version.";
  }
}

export function moveRun({ runs, runId, by }: { runs: readonly RunOutput[]; runId: RunId; by: -1 | 1 }): RunId[] {
  const ids = runs.map((run) => run.runId);
  const from = ids.indexOf(runId);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return ids;
  return ids.with(from, ids[to] ?? runId).with(to, runId);
}
