"use client";

import type { ProjectId } from "#lib/contracts/ids.ts";
import { runHref } from "#lib/hrefs.ts";
import { useActiveRuns } from "../run/active-runs.ts";
import { nameRunningStage } from "../run/progress/run-phase.ts";
import { RunStatusLabel } from "../run/run-status.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";

/** The running runs, above the versions that they will add to. */
export function ActiveRuns({ projectId }: { projectId: ProjectId }) {
  const runs = useActiveRuns(projectId);
  if (runs === null || runs.length === 0) return null;
  return (
    <ul aria-label="Active runs" className="rounded-md border border-accent/40 bg-accent-surface">
      {runs.map(({ runId, prompt, status, stages, createdAt }) => (
        <li
          key={runId}
          className="relative flex min-h-11 items-center gap-3 border-b border-accent/20 px-3 py-1.5 text-sm last:border-b-0"
        >
          <span role="status" className="flex shrink-0 items-center gap-2">
            <RunStatusLabel status={status} className="font-medium" />
            <span className="text-muted max-sm:hidden">{nameRunningStage(stages)}</span>
          </span>
          <Link
            href={runHref({ projectId, runId })}
            className="min-w-0 flex-1 truncate after:absolute after:inset-0 hover:underline"
            title={prompt}
          >
            {prompt}
          </Link>
          <RelativeTime at={createdAt} className="shrink-0 text-xs text-muted" />
        </li>
      ))}
    </ul>
  );
}
