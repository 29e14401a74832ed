"use client";

import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleStop } from "lucide-react";
import { useEffect, useEffectEvent, useRef, type RefObject } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId, RunId } from "#lib/contracts/ids.ts";
import { isActive, type RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { RunAttachments } from "../attachments/run-attachments.tsx";
import { CandidateNote } from "../candidates/candidate-note.tsx";
import { PlanRun } from "../conversation/plan-run.tsx";
import { QuestionRun } from "../conversation/question-run.tsx";
import { QueuedRun } from "../conversation/queued-run.tsx";
import { useRefreshVersions } from "../generation/refresh-versions.ts";
import { generationHref } from "#lib/hrefs.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { ExpandableText } from "../ui/text/expandable-text.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { describeRunEnd } from "./ends/describe-run-end.ts";
import { notifyOfEnd, useEndNotice } from "./ends/end-notice.ts";
import { ModelWords, showModelWords } from "./progress/model-words.tsx";
import { RunActivity } from "./progress/run-activity.tsx";
import { RunAnnouncer } from "./progress/run-announcer.tsx";
import { RunChecks } from "./progress/run-checks.tsx";
import { RunConclusion } from "./ends/run-conclusion.tsx";
import { useRunEvents } from "./progress/run-events.ts";
import { RunFiles } from "./progress/run-files.tsx";
import { RunInputs } from "./progress/run-inputs.tsx";
import { RunMeter } from "./progress/run-meter.tsx";
import { describePhase, describePhaseBriefly } from "./progress/run-phase.ts";
import type { RunEnd, RunView } from "./progress/run-progress.ts";
import { RunProjectChecks } from "./progress/run-project-checks.tsx";
import { RunProposalList } from "./held/run-proposal-list.tsx";
import { RunStatusLabel, runStatusWord } from "./run-status.tsx";
import { RunStepper } from "./progress/run-stepper.tsx";
import { unwatchRun, useWatchActiveRun } from "./ends/watched-runs.ts";

/** Events update the screen; this interval only bounds how long it can be stale if they fail. */
const snapshotPollMs = 5_000;

const statusOfEnd: Record<RunEnd["type"], RunStatus> = {
  succeeded: "SUCCEEDED",
  "needs.review": "NEEDS_REVIEW",
  answered: "SUCCEEDED",
  planned: "NEEDS_REVIEW",
  failed: "FAILED",
  cancelled: "CANCELLED",
};

/**
 * The events are newer than the snapshot, except before the first one arrives, and after a decision on a held result,
 * when the events have ended.
 */
function currentStatus({ run, view }: { run: RunOutput; view: RunView }): RunStatus {
  const isDecided = view.end?.type === "needs.review" || view.end?.type === "planned";
  if (isDecided && !isActive(run.status)) return run.status;
  if (view.end !== null) return statusOfEnd[view.end.type];
  return run.status === "QUEUED" && view.attempt > 0 && view.notice?.type !== "waiting" ? "RUNNING" : run.status;
}

/** One run from start to end, live. Safe to reload and to leave: everything comes from the server's log. */
export function RunScreen({ projectId, runId }: { projectId: ProjectId; runId: RunId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const run = useQuery(
    trpc.run.get.queryOptions(
      { runId },
      {
        refetchInterval: ({ state }) =>
          state.data !== undefined && isActive(state.data.status) ? snapshotPollMs : false,
      },
    ),
  );
  const refreshVersions = useRefreshVersions();
  const events = useRunEvents(runId);
  const { view } = events.state;
  const hasEnded = view.end !== null;
  const refreshedFor = useRef<RunId | null>(null);

  useEffect(() => {
    // Other screens show data from before the run's end, also of a run that had ended when this page first loaded it.
    if (!hasEnded || refreshedFor.current === runId) return;
    refreshedFor.current = runId;
    for (const changed of [trpc.run, trpc.comment]) void queryClient.invalidateQueries({ queryKey: changed.pathKey() });
    void refreshVersions();
  }, [hasEnded, runId, queryClient, trpc, refreshVersions]);
  useEffect(() => {
    if (view.queueChanges > 0) void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ runId }) });
  }, [view.queueChanges, queryClient, trpc, runId]);
  useOwnEnd({ run: run.data ?? null, end: view.end });

  if (run.data === undefined) {
    return (
      <div className="mx-auto max-w-6xl px-4 py-4">
        <PageTitle text="Run" />
        {run.error === null ? <RunSkeleton /> : <RunNotLoaded error={run.error} onRetry={() => void run.refetch()} />}
      </div>
    );
  }
  const status = currentStatus({ run: run.data, view });
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-4">
      <PageTitle text={view.lastSequence === 0 ? "Run" : describePhaseBriefly(view)} />
      <LoadedRun projectId={projectId} run={run.data} status={status} events={events} />
    </div>
  );
}

/**
 * This page shows the end itself: no toast is needed, and the system only notifies if the page is not visible and the
 * user enabled it.
 */
function useOwnEnd({ run, end }: { run: RunOutput | null; end: RunEnd | null }): void {
  const { isOn } = useEndNotice();
  const wasActive = useRef(false);
  useWatchActiveRun(run);
  const tell = useEffectEvent((ended: RunEnd) => {
    if (run === null) return;
    unwatchRun(run.runId);
    const title = describeRunEnd({
      kind: run.kind,
      status: statusOfEnd[ended.type],
      made: ended.type === "succeeded" ? ended : null,
    });
    if (isOn && wasActive.current && title !== null) notifyOfEnd({ runId: run.runId, title, body: run.prompt });
    wasActive.current = false;
  });
  useEffect(() => {
    if (run !== null && end === null && isActive(run.status)) wasActive.current = true;
    if (end !== null) tell(end);
  }, [run, end]);
}

function LoadedRun({
  projectId,
  run,
  status,
  events,
}: {
  projectId: ProjectId;
  run: RunOutput;
  status: RunStatus;
  events: ReturnType<typeof useRunEvents>;
}) {
  const trpc = useTRPC();
  const { view, error } = events.state;
  const parentId = run.parentGenerationId;
  const parent = useQuery(
    trpc.generation.summary.queryOptions(parentId === null ? skipToken : { generationId: parentId }),
  );
  const isRunActive = isActive(status);
  return (
    <>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-xl font-semibold">
            {parentId === null && run.afterRunId !== null ? (
              "Queued prompt"
            ) : run.kind === "ask" ? (
              <>Question about {parent.data === undefined ? "a version" : `v${parent.data.version}`}</>
            ) : run.kind === "plan" ? (
              <>Plan for {parent.data === undefined ? "a version" : `v${parent.data.version}`}</>
            ) : parentId === null ? (
              "First version"
            ) : (
              <>Iteration on {parent.data === undefined ? "a version" : `v${parent.data.version}`}</>
            )}
          </h1>
          {parent.data !== undefined && (
            <BaseLine
              projectId={projectId}
              parent={parent.data}
              isBranchTold={isRunActive && run.kind !== "ask" && run.candidate === null}
            />
          )}
          <CandidateNote run={run} />
        </div>
        <RunStatusLabel status={status} className="h-8 text-sm" />
        {isRunActive && <CancelButton run={run} isRequested={view.isCancelRequested} />}
      </div>
      <ExpandableText text={run.prompt} />
      <RunAttachments run={run} />
      {error !== null && <ErrorState error={error} onRetry={events.retry} />}
      {run.waitsFor !== null ? (
        <QueuedRun run={run} waitsFor={run.waitsFor} />
      ) : run.kind === "ask" ? (
        <QuestionRun projectId={projectId} run={run} status={status} parent={parent.data ?? null} events={events} />
      ) : run.kind === "plan" ? (
        <PlanRun projectId={projectId} run={run} status={status} parent={parent.data ?? null} events={events} />
      ) : (
        <ChangeRun projectId={projectId} run={run} status={status} parent={parent.data ?? null} events={events} />
      )}
      {(run.kind !== "generate" || run.waitsFor !== null) && <Announcer status={status} view={view} />}
    </>
  );
}

function Announcer({ status, view }: { status: RunStatus; view: RunView }) {
  return <RunAnnouncer text={isActive(status) ? describePhase(view) : runStatusWord(status)} />;
}

/** A run that changes files. */
function ChangeRun({
  projectId,
  run,
  status,
  parent,
  events,
}: {
  projectId: ProjectId;
  run: RunOutput;
  status: RunStatus;
  parent: GenerationOutput | null;
  events: ReturnType<typeof useRunEvents>;
}) {
  const { view, connection } = events.state;
  const isRunActive = isActive(status);
  // The events of an ended run arrive together. Until then its details are unknown, and would be shown as empty.
  const isReplayed = isRunActive || view.lastSequence > 0 || connection === "closed";
  const words = useRef<HTMLDetailsElement>(null);
  return (
    <>
      {isRunActive ? (
        <RunActivity runId={run.runId} view={view} connection={connection} />
      ) : (
        <RunConclusion
          projectId={projectId}
          run={run}
          status={status}
          end={view.end}
          parent={parent}
          view={view}
          onShowWords={events.store.modelText.length === 0 ? null : () => showModelWords(words.current)}
        />
      )}
      <Announcer status={status} view={view} />
      {isReplayed ? (
        <RunDetails run={run} events={events} isActive={isRunActive} wordsRef={words} />
      ) : (
        <RunDetailsSkeleton />
      )}
    </>
  );
}

function RunDetails({
  run,
  events: {
    store,
    state: { view },
  },
  isActive: isRunActive,
  wordsRef,
}: {
  run: RunOutput;
  events: ReturnType<typeof useRunEvents>;
  isActive: boolean;
  wordsRef: RefObject<HTMLDetailsElement | null>;
}) {
  return (
    <>
      <RunStepper stages={view.stages} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-4">
          <RunFiles
            runId={run.runId}
            parentGenerationId={run.parentGenerationId}
            store={store}
            files={view.files}
            isActive={isRunActive}
          />
          <RunProjectChecks checks={view.projectChecks} />
          <RunChecks checks={view.checks} />
          <RunProposalList proposals={run.proposals} />
          <ModelWords store={store} detailsRef={wordsRef} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RunMeter run={run} view={view} isActive={isRunActive} />
          <RunInputs view={view} />
        </div>
      </div>
    </>
  );
}

/** Whether the result will be a branch is only relevant until there is one. */
function BaseLine({
  projectId,
  parent,
  isBranchTold,
}: {
  projectId: ProjectId;
  parent: GenerationOutput;
  isBranchTold: boolean;
}) {
  return (
    <p className="text-sm text-muted">
      From{" "}
      <Link href={generationHref({ projectId, generationId: parent.generationId })} className="underline">
        v{parent.version}
      </Link>
      {isBranchTold &&
        (parent.isHead ? ", the active version" : ", which is not the active version, so this makes a branch")}
    </p>
  );
}

function CancelButton({ run, isRequested }: { run: RunOutput; isRequested: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.run.cancel.mutationOptions({
      onSuccess: (stopped) => queryClient.setQueryData(trpc.run.get.queryKey({ runId: run.runId }), stopped),
      // If the run ended before the request arrived, there is nothing to cancel. Its end is fetched.
      onError: () => void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ runId: run.runId }) }),
    }),
  );
  const isStopping = isRequested || cancel.isPending || cancel.isSuccess;
  return (
    <Button onClick={() => cancel.mutate({ runId: run.runId })} isPending={isStopping}>
      {!isStopping && <CircleStop aria-hidden />}
      {isStopping ? "Stopping" : run.waitsFor === null ? "Cancel run" : "Withdraw"}
    </Button>
  );
}

function RunNotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <>
      <h1 className="mb-3 text-xl font-semibold">Run</h1>
      <ErrorState error={error} onRetry={onRetry} />
    </>
  );
}

function RunSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <h1 className="sr-only">Loading run</h1>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-10 w-full max-w-2xl" />
      <Skeleton className="h-15 w-full" />
      <RunDetailsSkeleton />
    </div>
  );
}

function RunDetailsSkeleton() {
  return (
    <>
      <Skeleton className="h-14 w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Skeleton className="h-105 w-full" />
        <Skeleton className="h-60 w-full" />
      </div>
    </>
  );
}
