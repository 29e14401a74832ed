import { formatDuration } from "#lib/format-amount.ts";
import { comparisonLooks, statusLooks } from "../../checks/check-words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Elapsed } from "./elapsed.tsx";
import type { FollowedCheck, FollowedChecks } from "./followed/followed-checks.ts";

/** The project's own checks of the result: their progress, then the comparison with the parent. */
export function RunProjectChecks({ checks: { items } }: { checks: FollowedChecks }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="run-project-checks" className="overflow-hidden rounded-md border">
      <h2 id="run-project-checks" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
        Project checks
      </h2>
      <ul aria-label="Project checks">
        {items.map((check) => (
          <FollowedCheckRow key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

function FollowedCheckRow({ check }: { check: FollowedCheck }) {
  const { name, status, startedAt, durationMs, reason, judged } = check;
  const look = statusLooks[status];
  const comparison = judged === null ? null : comparisonLooks[judged.againstParent];
  return (
    <li className="border-b px-3 py-1 text-sm last:border-b-0">
      <div className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{name}</span>
        <Badge tone={look.tone}>{look.word}</Badge>
        {comparison !== null && <Badge tone={comparison.tone}>{comparison.word}</Badge>}
        <span className="flex-1 text-muted">{judged === null ? "" : describeCases(judged)}</span>
        <span className="text-xs text-muted tabular-nums">
          {startedAt !== null ? (
            <Elapsed startedAt={startedAt} />
          ) : durationMs === null ? (
            ""
          ) : (
            formatDuration(durationMs)
          )}
        </span>
      </div>
      {reason !== null && <p className="text-caution">{reason}</p>}
    </li>
  );
}

function describeCases({ newFailureCount, flakyCount }: NonNullable<FollowedCheck["judged"]>): string {
  return [newFailureCount === 0 ? "" : `${newFailureCount} new`, flakyCount === 0 ? "" : `${flakyCount} flaky`]
    .filter((part) => part !== "")
    .join(", ");
}
