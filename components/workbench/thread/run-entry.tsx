"use client";

import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { ThreadRun } from "#lib/contracts/runs/thread.ts";
import { formatDuration } from "#lib/format-amount.ts";
import { formatLedger } from "../../generation/format-ledger.ts";
import { Elapsed } from "../../run/progress/elapsed.tsx";
import { useRunEvents } from "../../run/progress/run-events.ts";
import { describePhase } from "../../run/progress/run-phase.ts";
import { RunStatusDot, RunStatusLabel } from "../../run/run-status.tsx";
import { entryWords, isAtWork } from "./entry-lines.ts";
import { lastWords } from "./last-words.ts";

/** The status of a run, and its prompt. */
export function RunHead({ run: { status, parentVersion }, isBrief = false }: { run: ThreadRun; isBrief?: boolean }) {
  if (isBrief) return <RunStatusDot status={status} />;
  return (
    <>
      {status === "NEEDS_REVIEW" ? (
        <span className="inline-flex h-5 shrink-0 items-center rounded-sm bg-caution-surface px-1.5 text-xs font-medium text-caution">
          Needs your decision
        </span>
      ) : (
        <RunStatusLabel status={status} className="text-xs font-medium" />
      )}
      {parentVersion !== null && <span className="min-w-0 truncate text-xs text-muted">from v{parentVersion}</span>}
    </>
  );
}

/** Why it ended, or the model's text while it runs. */
export function RunWords({ run }: { run: ThreadRun }) {
  if (run.waitsFor !== null) return describeWait(run.waitsFor);
  return isAtWork(run) ? <LiveWords key={run.runId} run={run} /> : entryWords(run);
}

function LiveWords({ run }: { run: ThreadRun }) {
  const { store, state } = useRunEvents(run.runId);
  // While the plan streams in, its text is shown.
  const isPlanning = run.runKind === "plan" || (store.modelText.length === 0 && state.view.plan.length === 0);
  const text = isPlanning ? store.planText : store.modelText;
  const words = lastWords(text.readEnd(200));
  return words === "" ? describePhase(state.view) : words;
}

/** What it holds, or its progress. */
export function RunFoot({ run }: { run: ThreadRun }) {
  if (run.waitsFor !== null) return <span className="min-w-0 truncate">In the queue</span>;
  if (isAtWork(run)) return <LiveFoot key={run.runId} run={run} />;
  const { createdAt, endedAt, status } = run;
  return (
    <>
      <span className="min-w-0 truncate">{describeHeld(run)}</span>
      {status === "NEEDS_REVIEW" && <span className="shrink-0 font-medium text-accent">Open</span>}
      {endedAt !== null && (
        <span className="ml-auto shrink-0 text-faint">
          {formatDuration(Date.parse(endedAt) - Date.parse(createdAt))}
        </span>
      )}
    </>
  );
}

function LiveFoot({ run }: { run: ThreadRun }) {
  const { files } = useRunEvents(run.runId).state.view;
  const doneCount = files.filter(({ status }) => status === "done").length;
  return (
    <>
      <span className="min-w-0 truncate">
        {run.runKind !== "generate"
          ? run.runKind === "ask"
            ? "Question"
            : "Plan first"
          : files.length === 0
            ? "No file yet"
            : `${files.length} ${files.length === 1 ? "file" : "files"}, ${doneCount} applied`}
      </span>
      <span className="ml-auto shrink-0 text-faint">
        <Elapsed startedAt={run.createdAt} />
      </span>
    </>
  );
}

function describeWait({ status }: NonNullable<ThreadRun["waitsFor"]>): string {
  return isActive(status) ? "Waits for what the run before makes" : "Stopped: the run before made no version";
}

/** A run's result, if that is not a version. */
function describeHeld({ runKind, status, counts, plan }: ThreadRun): string {
  if (counts !== null) return formatLedger(counts);
  if (runKind === "plan" && status === "NEEDS_REVIEW")
    return plan.length === 1 ? "1 step to accept" : `${plan.length} steps to accept`;
  if (status !== "SUCCEEDED") return "No version was made.";
  return runKind === "ask" ? "Answered" : "Planned";
}
