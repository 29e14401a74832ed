"use client";

import { ListChecks } from "lucide-react";
import { readPlanStep } from "#lib/contracts/runs/plan-paths.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { RunConclusion } from "../run/ends/run-conclusion.tsx";
import { RunActivity } from "../run/progress/run-activity.tsx";
import type { useRunEvents } from "../run/progress/run-events.ts";
import { RunInputs } from "../run/progress/run-inputs.tsx";
import { RunMeter } from "../run/progress/run-meter.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import type { TalkRunProps } from "./talk-run-props.ts";
import { useStreamedText } from "./use-streamed-text.ts";

/** A plan while it streams, while it waits to be accepted, and after that. */
export function PlanRun({ projectId, run, status, parent, events: { state, store } }: TalkRunProps) {
  const { view, connection } = state;
  const isRunActive = isActive(status);
  const isToAccept = run.status === "NEEDS_REVIEW";
  return (
    <>
      {isRunActive && <RunActivity runId={run.runId} view={view} connection={connection} />}
      {!isRunActive && status !== "NEEDS_REVIEW" && (
        <RunConclusion
          projectId={projectId}
          run={run}
          status={status}
          end={view.end}
          parent={parent}
          view={view}
          onShowWords={null}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="min-w-0">
          {isToAccept ? <PlanEditor run={run} /> : <PlannedSteps run={run} store={store} isComing={isRunActive} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RunMeter run={run} view={view} isActive={isRunActive} />
          {/* Without the plan, whose steps are already on the page. */}
          <RunInputs view={{ ...view, plan: [] }} />
        </div>
      </div>
    </>
  );
}

function PlannedSteps({
  run,
  store,
  isComing,
}: {
  run: RunOutput;
  store: ReturnType<typeof useRunEvents>["store"];
  isComing: boolean;
}) {
  const streamed = useStreamedText({ store, stream: store.planText });
  const lines = run.plan.length > 0 ? run.plan : streamed.split("\n").filter((line) => line.trim() !== "");
  return (
    <section aria-labelledby="planned-steps" aria-busy={isComing} className="flex min-h-40 flex-col gap-2">
      <h2 id="planned-steps" className="flex items-center gap-1.5 text-sm font-medium text-muted">
        <ListChecks aria-hidden className="size-4" />
        {isComing ? "The plan, as it comes" : "Planned steps"}
      </h2>
      <ol className="flex list-decimal flex-col gap-1 pl-6 text-sm">
        {lines.map((line, index) => (
          <li key={index} className="break-words">
            {readPlanStep(line)}
          </li>
        ))}
      </ol>
    </section>
  );
}
