"use client";

import { useMutation } from "@tanstack/react-query";
import { LoaderCircle, WifiOff } from "lucide-react";
import type { RunId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Countdown } from "./countdown.tsx";
import { Elapsed } from "./elapsed.tsx";
import { EndNoticeSwitch } from "../ends/end-notice-switch.tsx";
import type { RunConnection } from "./run-event-store.ts";
import { describePhase } from "./run-phase.ts";
import type { RunView } from "./run-progress.ts";

/** For a shorter wait, a button would disappear before the user reaches it. */
const shortestShownPauseMs = 3_000;

/** Ends a wait. Re-created for each wait. */
function RetryNow({ runId }: { runId: RunId }) {
  const trpc = useTRPC();
  const retry = useMutation(trpc.run.retry.mutationOptions());
  return (
    <>
      <Button isPending={retry.isPending || retry.isSuccess} onClick={() => retry.mutate({ runId })}>
        Retry now
      </Button>
      {retry.error !== null && <ErrorState error={retry.error} />}
    </>
  );
}

/** The call waits within its worker, for at most a minute. */
function CallWait({ runId, notice }: { runId: RunId; notice: Extract<RunView["notice"], { type: "retrying" }> }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-caution">
        {notice.message} <Countdown untilMs={notice.untilMs} />
      </p>
      {notice.pauseMs >= shortestShownPauseMs && <RetryNow key={notice.untilMs} runId={runId} />}
    </div>
  );
}

/** Says when the provider is asked again, in the user's time zone. The run occupies no worker until then. */
function ProviderWait({ runId, notice }: { runId: RunId; notice: Extract<RunView["notice"], { type: "waiting" }> }) {
  const time = new Date(notice.untilMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-caution">
        Waiting for the provider until {time}, attempt {notice.attempt} of {notice.maxAttempts}. Calls that were
        answered are kept.
      </p>
      <RetryNow key={notice.untilMs} runId={runId} />
    </div>
  );
}

/** The time since the last check started. */
function RunningCheckTime({ view }: { view: RunView }) {
  const startedAt = view.projectChecks.items.findLast((check) => check.startedAt !== null)?.startedAt ?? null;
  if (startedAt === null) return null;
  return (
    <span className="shrink-0 text-muted tabular-nums">
      <Elapsed startedAt={startedAt} />
    </span>
  );
}

/** The current activity of the run, and what blocks it. */
export function RunActivity({ runId, view, connection }: { runId: RunId; view: RunView; connection: RunConnection }) {
  return (
    <div className="flex flex-col gap-1 rounded-md border border-accent/40 bg-accent-surface px-3 py-2 text-sm">
      <p className="flex min-w-0 items-center gap-2">
        <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-accent" />
        <span className="min-w-0 truncate font-medium">{describePhase(view)}</span>
        <RunningCheckTime view={view} />
      </p>
      {view.notice?.type === "retrying" && <CallWait runId={runId} notice={view.notice} />}
      {view.notice?.type === "waiting" && <ProviderWait runId={runId} notice={view.notice} />}
      {view.notice?.type === "worker-lost" && (
        <p className="text-caution">The worker stopped. Another one took over; finished steps are not paid again.</p>
      )}
      {view.repair !== null && (
        <details>
          <summary className="w-fit text-muted">
            The last answer had problems, so the model repairs it (round {view.repair.round}).
          </summary>
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
          Reconnecting. The run continues on the server, and nothing is lost.
        </p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <p className="text-muted">You can close this tab. The run continues.</p>
          <EndNoticeSwitch />
        </div>
      )}
    </div>
  );
}
