import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { SeverityBadge } from "./severity-badge.tsx";

/** The findings of the validators, file by file. */
export function IssueList({ label, issues }: { label: string; issues: readonly ValidationIssue[] }) {
  const byPath = Map.groupBy(issues, ({ path }) => path);
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {[...byPath].map(([path, ofPath]) => (
        <li key={path} className="overflow-hidden rounded-md border">
          <h3 className="border-b bg-surface px-3 py-1.5 font-mono text-xs break-all">{path}</h3>
          <ul>
            {ofPath.map((issue, index) => (
              <IssueItem key={index} issue={issue} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** One finding: severity, message, place. */
function IssueItem({ issue: { severity, message, line, excerpt } }: { issue: ValidationIssue }) {
  return (
    <li className="flex flex-col gap-1 border-b px-3 py-2 text-sm last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-2">
        <SeverityBadge severity={severity} />
        <span className="min-w-0 flex-1 break-words">{message}</span>
        {line !== undefined && <span className="font-mono text-xs text-muted">line {line}</span>}
      </p>
      {excerpt !== undefined && (
        <pre className="overflow-x-auto rounded-sm bg-surface px-2 py-1 font-mono text-xs">{excerpt}</pre>
      )}
    </li>
  );
}
