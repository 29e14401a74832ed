"use client";

import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleStop, LoaderCircle, WifiOff } from "lucide-react";
import { useEffect } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId, RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/run-state.ts";
import type { RunOutput } from "#lib/contracts/run.ts";
import type { RunStatus } from "#lib/contracts/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useRefreshVersions } from "../generation/refresh-versions.ts";
import { generationHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { ExpandableText } from "../ui/expandable-text.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Countdown } from "./countdown.tsx";
import { ProposedChanges } from "./proposed-changes.tsx";
import { RunAnnouncer } from "./run-announcer.tsx";
import type { RunConnection } from "./run-event-store.ts";
import { useRunEvents } from "./run-events.ts";
import { RunFiles } from "./run-files.tsx";
import { RunLooks } from "./run-looks.tsx";
import { RunMeter } from "./run-meter.tsx";
import { describePhase, describePhaseBriefly } from "./run-phase.ts";
import type { RunEnd, RunView } from "./run-progress.ts";
import { RunResult } from "./run-result.tsx";
import { RunReview } from "./run-review.tsx";
import { RunStatusLabel } from "./run-status.tsx";
import { RunStepper } from "./run-stepper.tsx";
import { RunStopped } from "./run-stopped.tsx";
import { StreamedText } from "./streamed-text.tsx";

/** The events are the news; this only bounds how long a screen can be wrong should they not come through. */
const snapshotPollMs = 5_000;

const statusOfEnd: Record<RunEnd["type"], RunStatus> = { succeeded: "SUCCEEDED", "needs.review": "NEEDS_REVIEW", failed: "FAILED", cancelled: "CANCELLED" };

/** The events are ahead of the snapshot, except before the first of them is here. */
function currentStatus({ run, view }: { run: RunOutput; view: RunView }): RunStatus {
  if (view.end !== null) return statusOfEnd[view.end.type];
  return run.status === "QUEUED" && view.attempt > 0 && view.notice?.type !== "waiting" ? "RUNNING" : run.status;
}

/** One run from its start to its end, live. Safe to reload and to leave: everything shown comes from the server's log. */
export function RunScreen({ projectId, runId }: { projectId: ProjectId; runId: RunId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const run = useQuery(trpc.run.get.queryOptions({ runId }, { refetchInterval: ({ state }) => (state.data !== undefined && isActive(state.data.status) ? snapshotPollMs : false) }));
  const refreshVersions = useRefreshVersions();
  const events = useRunEvents(runId);
  const { view } = events.state;
  const hasEnded = view.end !== null;
  const snapshotIsActive = run.data !== undefined && isActive(run.data.status);

  useEffect(() => {
    // What the other screens show of this project was true before the run ended.
    if (!hasEnded || !snapshotIsActive) return;
    void queryClient.invalidateQueries({ queryKey: trpc.run.pathKey() });
    void refreshVersions();
  }, [hasEnded, snapshotIsActive, queryClient, trpc, refreshVersions]);

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

function LoadedRun({ projectId, run, status, events }: { projectId: ProjectId; run: RunOutput; status: RunStatus; events: ReturnType<typeof useRunEvents> }) {
  const trpc = useTRPC();
  const { view, connection, error } = events.state;
  const parentId = run.parentGenerationId;
  const parent = useQuery(trpc.generation.summary.queryOptions(parentId === null ? skipToken : { generationId: parentId }));
  const isRunActive = isActive(status);
  return (
    <>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-xl font-semibold">{parentId === null ? "First version" : <>Iteration on {parent.data === undefined ? "a version" : `v${parent.data.version}`}</>}</h1>
          {parent.data !== undefined && <BaseLine projectId={projectId} parent={parent.data} isRunActive={isRunActive} />}
        </div>
        <RunStatusLabel status={status} className="h-8 text-sm" />
        {isRunActive && <CancelButton run={run} isRequested={view.isCancelRequested} />}
      </div>
      <ExpandableText text={run.prompt} />
      {error !== null && <ErrorState error={error} onRetry={events.retry} />}
      {isRunActive ? <ActivityLine runId={run.runId} view={view} connection={connection} /> : <RunConclusion projectId={projectId} run={run} status={status} end={view.end} parent={parent.data ?? null} view={view} />}
      <RunAnnouncer text={isRunActive ? describePhase(view) : describePhaseBriefly(view)} />
      <RunStepper stages={view.stages} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-4">
          <RunFiles store={events.store} files={view.files} isActive={isRunActive} />
          <ModelWords events={events} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RunMeter run={run} view={view} isActive={isRunActive} />
          <RunLooks view={view} />
        </div>
      </div>
    </>
  );
}

/** Whether the result will be a branch is news only until there is one. */
function BaseLine({ projectId, parent, isRunActive }: { projectId: ProjectId; parent: GenerationOutput; isRunActive: boolean }) {
  return (
    <p className="text-sm text-muted">
      From{" "}
      <Link href={generationHref({ projectId, generationId: parent.generationId })} className="underline">
        v{parent.version}
      </Link>
      {isRunActive && (parent.isHead ? ", the active version" : ", which is not the active version, so this makes a branch")}
    </p>
  );
}

/** No worker is held meanwhile. The time is the reader's own. */
function ProviderWait({ runId, notice }: { runId: RunId; notice: Extract<RunView["notice"], { type: "waiting" }> }) {
  const trpc = useTRPC();
  const retry = useMutation(trpc.run.retry.mutationOptions());
  const time = new Date(notice.untilMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-caution">
        Waiting for the provider until {time}, attempt {notice.attempt} of {notice.maxAttempts}. Calls that were answered are kept.
      </p>
      <Button isPending={retry.isPending || retry.isSuccess} onClick={() => retry.mutate({ runId })}>
        Try now
      </Button>
      {retry.error !== null && <ErrorState error={retry.error} />}
    </div>
  );
}

function ActivityLine({ runId, view, connection }: { runId: RunId; view: RunView; connection: RunConnection }) {
  return (
    <div className="flex flex-col gap-1 rounded-md border border-accent/40 bg-accent-surface px-3 py-2 text-sm">
      <p className="flex min-w-0 items-center gap-2">
        <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-accent" />
        <span className="min-w-0 truncate font-medium">{describePhase(view)}</span>
      </p>
      {view.notice?.type === "retrying" && (
        <p className="text-caution">
          {view.notice.message} <Countdown untilMs={view.notice.untilMs} />
        </p>
      )}
      {view.notice?.type === "waiting" && <ProviderWait runId={runId} notice={view.notice} />}
      {view.notice?.type === "worker-lost" && <p className="text-caution">The worker stopped. Another one took over; finished steps are not paid again.</p>}
      {view.repair !== null && (
        <details>
          <summary className="w-fit text-muted">The last answer had problems, so the model repairs it (round {view.repair.round}).</summary>
          <ul className="list-disc pl-5 text-muted">
            {view.repair.reasons.map((reason, index) => (
              <li key={index}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      {connection === "reconnecting" ? (
        <p className="flex items-center gap-2 text-caution">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          Reconnecting. The run goes on at the server, and nothing of it is missed.
        </p>
      ) : (
        <p className="text-muted">You can close this tab. The run goes on.</p>
      )}
    </div>
  );
}

function RunConclusion({
  projectId,
  run,
  status,
  end,
  parent,
  view,
}: {
  projectId: ProjectId;
  run: RunOutput;
  status: RunStatus;
  end: RunEnd | null;
  parent: GenerationOutput | null;
  view: RunView;
}) {
  // A run that goes on from this one may have made the version: then the snapshot knows of it, and the events do not.
  const generationId = end?.type === "succeeded" ? end.generationId : run.generationId;
  if (generationId !== null && run.completedByRunId !== null) return <RunResult projectId={projectId} generationId={generationId} isBranch={run.isBranch} summary={null} />;
  if (status === "SUCCEEDED" && generationId !== null) {
    const success = end?.type === "succeeded" ? end : null;
    return (
      <>
        <RunResult projectId={projectId} generationId={generationId} isBranch={success?.isBranch ?? run.isBranch} summary={success?.summary ?? null} />
        {view.hasProposals && <ProposedChanges run={run} />}
      </>
    );
  }
  if (status === "NEEDS_REVIEW") {
    return end?.type === "needs.review" ? <RunReview run={run} candidate={end.candidate} reason={end.reason} parent={parent} /> : <Skeleton className="h-40 w-full" />;
  }
  const failure = end?.type === "failed" ? end.failure : run.failure;
  return (
    <>
      <RunStopped run={run} failure={status === "CANCELLED" ? null : failure} parent={parent} />
      {view.hasProposals && <ProposedChanges run={run} />}
    </>
  );
}

function CancelButton({ run, isRequested }: { run: RunOutput; isRequested: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.run.cancel.mutationOptions({
      onSuccess: (stopped) => queryClient.setQueryData(trpc.run.get.queryKey({ runId: run.runId }), stopped),
      // A run that ended meanwhile needs no stopping: the news of its end is on its way.
      onError: () => void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ runId: run.runId }) }),
    }),
  );
  const isStopping = isRequested || cancel.isPending || cancel.isSuccess;
  return (
    <Button onClick={() => cancel.mutate({ runId: run.runId })} isPending={isStopping}>
      {!isStopping && <CircleStop aria-hidden />}
      {isStopping ? "Stopping" : "Cancel run"}
    </Button>
  );
}

function ModelWords({ events }: { events: ReturnType<typeof useRunEvents> }) {
  const stream = events.store.modelText;
  if (stream.length === 0) return null;
  return (
    <details className="overflow-hidden rounded-md border">
      <summary className="bg-surface px-3 py-2 text-sm font-medium">The model&apos;s words</summary>
      <StreamedText store={events.store} stream={stream} label="What the model says" />
    </details>
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
      <Skeleton className="h-14 w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Skeleton className="h-105 w-full" />
        <Skeleton className="h-60 w-full" />
      </div>
    </div>
  );
}
