import type { ReactNode } from "react";
import type { RepairRound, RunOutput } from "#lib/contracts/runs/run.ts";
import { Elapsed } from "./elapsed.tsx";
import { formatCost, formatDuration, formatTokens } from "#lib/format-amount.ts";
import type { RunView } from "./run-progress.ts";

/** A run's model, mode, duration, tokens and cost. */
export function RunMeter({ run, view, isActive }: { run: RunOutput; view: RunView; isActive: boolean }) {
  const usage = view.usage.modelCalls > 0 ? view.usage : run.usage;
  // A provider reports tokens only when an answer is complete. Until then they are estimated from the received text.
  const draftTokens = isActive ? view.draft.tokens : 0;
  const firstInputTokens = usage.modelCalls === 0 && isActive ? (view.receipt?.estimate.inputTokens ?? 0) : 0;
  const startedAt = view.startedAt ?? run.createdAt;
  const endedAt = view.endedAt ?? run.endedAt;
  const reason = view.mode?.reason ?? run.modeReason;
  return (
    <section aria-labelledby="run-meter" className="rounded-md border">
      <h2 id="run-meter" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
        Usage
      </h2>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-3 py-2 text-sm">
        <Row name="Model">
          <span className="font-mono text-xs break-all">{run.model}</span>
        </Row>
        <Row name="Mode">
          {view.mode?.name ?? run.mode}
          {reason !== null && <span className="block text-xs text-muted">{reason}</span>}
        </Row>
        <Row name="Time">
          {isActive ? (
            <Elapsed startedAt={startedAt} />
          ) : endedAt === null ? (
            "0.0 s"
          ) : (
            formatDuration(Date.parse(endedAt) - Date.parse(startedAt))
          )}
        </Row>
        <Row name="Tokens">
          {firstInputTokens > 0 ? "about " : ""}
          {formatTokens(usage.inputTokens + firstInputTokens)} in, {draftTokens > 0 ? "about " : ""}
          {formatTokens(usage.outputTokens + draftTokens)} out
          {usage.cachedInputTokens > 0 && (
            <span className="block text-xs text-muted">{formatTokens(usage.cachedInputTokens)} of them cached</span>
          )}
        </Row>
        <Row name="Model calls">{isActive ? Math.max(usage.modelCalls, view.draft.calls) : usage.modelCalls}</Row>
        <Row name="Cost">{usage.costUsd === undefined ? "–" : formatCost(usage.costUsd)}</Row>
        {run.repairs.length > 0 && (
          <Row name="Repairs">
            {run.repairs.length}
            <span className="block text-xs text-muted">
              {formatTokens(
                run.repairs.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0),
              )}{" "}
              of the tokens
            </span>
            {run.repairs.map((repair) => (
              <span key={repair.round} className="block text-xs text-muted">
                {describeRepair(repair)}
              </span>
            ))}
          </Row>
        )}
        {view.attempt > 1 && <Row name="Attempt">{view.attempt}</Row>}
      </dl>
    </section>
  );
}

/** The cost of a round, and the failures of the project's checks that it fixed. */
function describeRepair({ round, inputTokens, outputTokens, costUsd, fixed }: RepairRound): string {
  const parts = [
    fixed === undefined ? "" : fixed.length === 0 ? "fixed no check" : `fixed ${fixed.join(", ")}`,
    `${formatTokens(inputTokens + outputTokens)} tokens`,
    costUsd === undefined ? "" : formatCost(costUsd),
  ];
  return `Round ${round}: ${parts.filter((part) => part !== "").join(", ")}`;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}
