"use client";

import { ArrowDown, ArrowUp, ListEnd, Pencil, X } from "lucide-react";
import { useRef } from "react";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { runHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { useQueueChanges } from "./queue-changes.ts";
import { listWaitingLines, moveRun, type WaitingLine } from "./queue-order.ts";

/** The waiting prompts of a project, above the prompt field: the user can change, reorder and withdraw them. */
export function QueueList({ active }: { active: readonly RunOutput[] }) {
  const lines = listWaitingLines(active);
  const changes = useQueueChanges();
  if (lines.length === 0) return null;
  const error = changes.order.error ?? changes.withdraw.error;
  return (
    <section aria-label="Queue" className="flex max-h-40 shrink-0 flex-col overflow-y-auto rounded-md border">
      {lines.map((line) => (
        <WaitingLineView key={line.behind.runId} line={line} changes={changes} />
      ))}
      {error !== null && <ErrorState error={error} />}
    </section>
  );
}

function WaitingLineView({
  line: { isStopped, runs },
  changes: { order, withdraw },
}: {
  line: WaitingLine;
  changes: ReturnType<typeof useQueueChanges>;
}) {
  const list = useRef<HTMLOListElement>(null);
  const move = (runId: RunOutput["runId"], by: -1 | 1) => order.mutate({ runIds: moveRun({ runs, runId, by }) });
  const isBusy = order.isPending || withdraw.isPending;
  return (
    <>
      <p className={`flex items-center gap-1.5 px-2 pt-1 text-xs ${isStopped ? "text-caution" : "text-muted"}`}>
        <ListEnd aria-hidden className="size-3.5 shrink-0" />
        {isStopped ? "Queue stopped: the run before made no version" : "Waiting for the running run"}
      </p>
      <ol ref={list} className="flex flex-col">
        {runs.map((run, index) => (
          <li key={run.runId} className="flex items-center gap-1 pr-1 pl-2 text-sm">
            <span aria-hidden className="w-4 shrink-0 text-xs text-muted tabular-nums">
              {index + 1}
            </span>
            <Link href={runHref(run)} className="min-w-0 flex-1 truncate hover:underline">
              {run.prompt}
            </Link>
            {runs.length > 1 && (
              <>
                <Button
                  size="icon-sm"
                  look="ghost"
                  aria-label={`Move up: ${run.prompt}`}
                  title="Move up"
                  disabled={index === 0}
                  isPending={isBusy}
                  onClick={() => move(run.runId, -1)}
                >
                  {!isBusy && <ArrowUp aria-hidden />}
                </Button>
                <Button
                  size="icon-sm"
                  look="ghost"
                  aria-label={`Move down: ${run.prompt}`}
                  title="Move down"
                  disabled={index === runs.length - 1}
                  isPending={isBusy}
                  onClick={() => move(run.runId, 1)}
                >
                  {!isBusy && <ArrowDown aria-hidden />}
                </Button>
              </>
            )}
            <Link
              href={runHref(run)}
              aria-label={`Edit or start: ${run.prompt}`}
              title={isStopped && index === 0 ? "Start on a version" : "Edit"}
              className={buttonClass({ look: "ghost", size: "icon-sm" })}
            >
              <Pencil aria-hidden />
            </Link>
            <Button
              size="icon-sm"
              look="ghost"
              aria-label={`Withdraw: ${run.prompt}`}
              title="Withdraw"
              isPending={isBusy}
              onClick={() => withdraw.mutate({ runId: run.runId })}
            >
              {!isBusy && <X aria-hidden />}
            </Button>
          </li>
        ))}
      </ol>
    </>
  );
}
