import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { LeftOutReview } from "../../review/deciding/left-out/left-out-review.tsx";
import type { RunEnd, RunView } from "../progress/run-progress.ts";
import { RunResult } from "./run-result.tsx";
import { RunReview } from "../held/run-review.tsx";
import { RunStopped } from "./run-stopped.tsx";

/** The result of a run: its version, a pending decision, or why there is none. */
export function RunConclusion({
  projectId,
  run,
  status,
  end,
  parent,
  view,
  onShowWords,
}: {
  projectId: ProjectId;
  run: RunOutput;
  status: RunStatus;
  end: RunEnd | null;
  parent: GenerationOutput | null;
  view: RunView;
  /** Shows the model's text; null if there is none. */
  onShowWords: (() => void) | null;
}) {
  // A run that continues this one may have made the version: only the snapshot contains that.
  const generationId = end?.type === "succeeded" ? end.generationId : run.generationId;
  if (generationId !== null && run.completedByRunId !== null)
    return <RunResult projectId={projectId} generationId={generationId} isBranch={run.isBranch} />;
  if (status === "SUCCEEDED" && generationId !== null) {
    const success = end?.type === "succeeded" ? end : null;
    return (
      <>
        <RunResult projectId={projectId} generationId={generationId} isBranch={success?.isBranch ?? run.isBranch} />
        {view.hasProposals && <LeftOutReview run={run} />}
      </>
    );
  }
  if (status === "NEEDS_REVIEW") {
    return end?.type === "needs.review" ? (
      <RunReview run={run} candidate={end.candidate} reason={end.reason} parent={parent} />
    ) : (
      <Skeleton className="h-40 w-full" />
    );
  }
  const failure = end?.type === "failed" ? end.failure : run.failure;
  return (
    <>
      <RunStopped
        run={run}
        failure={status === "CANCELLED" ? null : failure}
        parent={parent}
        view={view}
        onShowWords={onShowWords}
      />
      {view.hasProposals && <LeftOutReview run={run} />}
    </>
  );
}
