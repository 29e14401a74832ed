import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { generationHref, runHref } from "#lib/hrefs.ts";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { failureTitle } from "./ends/failure-titles.ts";
import { Elapsed } from "./progress/elapsed.tsx";
import { formatCost, formatDuration, formatTokens } from "#lib/format-amount.ts";
import { RunStatusLabel } from "./run-status.tsx";

/** The columns that header and rows share. Beside the thread, only very wide windows have room for the tokens. */
export const runRowGrid =
  "items-center gap-x-4 px-3 lg:grid-cols-[144px_minmax(0,1fr)_48px_136px_84px_56px_64px] 2xl:grid-cols-[144px_minmax(0,1fr)_48px_160px_88px_72px_112px_72px]";
export const tokensColumn = "lg:max-2xl:sr-only";

/** One run in the list of a project. */
export function RunRow({ run }: { run: RunOutput }) {
  const { projectId, generationId, version, status, prompt, model, createdAt, usage, failure } = run;
  const tokens =
    usage.modelCalls === 0 ? "" : `${formatTokens(usage.inputTokens)} in, ${formatTokens(usage.outputTokens)} out`;
  const cost = usage.modelCalls === 0 || usage.costUsd === undefined ? "" : formatCost(usage.costUsd);
  return (
    <div
      role="row"
      className={cn(
        "relative flex min-h-15 flex-wrap gap-y-1 border-b py-2 text-sm last:border-b-0 hover:bg-surface lg:grid",
        runRowGrid,
      )}
    >
      <div role="cell">
        <RunStatusLabel status={status} />
      </div>
      <div role="cell" className="min-w-0 max-lg:order-first max-lg:w-full">
        {/* The link's click area covers the row, so that a press anywhere opens the run. */}
        <Link href={runHref(run)} className="line-clamp-2 font-medium break-words after:absolute after:inset-0">
          {prompt}
        </Link>
        {status === "FAILED" && failure !== null && (
          <p className="line-clamp-1 text-xs break-words text-muted">{failureTitle(failure)}</p>
        )}
      </div>
      <div role="cell" className={cn("font-mono", generationId === null && "max-lg:sr-only")}>
        {generationId === null ? (
          <NoValue text="no version" />
        ) : (
          <Link
            href={generationHref({ projectId, generationId })}
            className="relative inline-flex h-6 items-center rounded-sm hover:underline"
          >
            {version === null ? "version" : `v${version}`}
          </Link>
        )}
      </div>
      <div role="cell" className="min-w-0 truncate font-mono text-xs text-muted" title={model}>
        {model}
      </div>
      <div role="cell" className="text-muted">
        <RelativeTime at={createdAt} />
      </div>
      <div role="cell" className="text-muted tabular-nums">
        <RunTime run={run} />
      </div>
      <div role="cell" className={cn("text-xs text-muted tabular-nums", tokensColumn)}>
        {tokens}
      </div>
      <div role="cell" className="text-muted tabular-nums">
        {cost === "" ? <NoValue text="no cost known" /> : cost}
      </div>
    </div>
  );
}

function NoValue({ text }: { text: string }) {
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** From the prompt to the end, including waits for a worker or a provider. */
function RunTime({ run: { status, createdAt, endedAt } }: { run: RunOutput }) {
  if (isActive(status)) return <Elapsed startedAt={createdAt} />;
  return endedAt === null ? null : formatDuration(Date.parse(endedAt) - Date.parse(createdAt));
}
