import { Check, ChevronRight, CircleAlert, CircleSlash, X } from "lucide-react";
import type { CheckName, CheckStatus } from "#lib/contracts/versions/validation.ts";
import { cn } from "../../ui/class-names.ts";
import { IssueList } from "../../validation/issue-list.tsx";
import { formatMilliseconds } from "#lib/format-amount.ts";
import type { CheckView } from "./followed/followed-attempt.ts";

/** The label of each check. A run of an earlier version may have other checks, which keep their own name. */
const names: Readonly<Record<CheckName, string>> = {
  syntax: "Syntax",
  elision: "Placeholders for code",
  truncation: "Cut-off files",
  shrink: "Shrunk rewrites",
  disproportion: "Shrunk by edits",
  "lost-symbols": "Lost declarations",
  "lost-files": "Lost files",
  "format-residue": "Marks of the answer's form",
  binary: "Text that became binary",
  "schema-narrowing": "Narrowed schema fields",
  renames: "Renamed declarations",
  "unresolved-imports": "Imports",
  scope: "Limits and locks",
  secrets: "Secrets",
  "project-checks": "The project's checks",
};

const styles: Record<CheckStatus, { icon: typeof Check; className: string; word: string }> = {
  passed: { icon: Check, className: "text-positive", word: "passed" },
  warnings: { icon: CircleAlert, className: "text-caution", word: "warnings" },
  failed: { icon: X, className: "text-negative", word: "failed" },
  skipped: { icon: CircleSlash, className: "text-faint", word: "not applicable" },
};

/** The checks of the result with status, duration and findings. */
export function RunChecks({ checks }: { checks: readonly CheckView[] }) {
  if (checks.length === 0) return null;
  return (
    <section aria-labelledby="run-checks" className="overflow-hidden rounded-md border">
      <h2 id="run-checks" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
        Checks
      </h2>
      <ul aria-label="Checks">
        {checks.map((check) => (
          <li key={check.check} className="border-b last:border-b-0">
            {check.issues.length === 0 ? (
              <div className={rowClass}>
                <CheckLine check={check} />
                {/* As wide as the arrow of rows that open. */}
                <span aria-hidden className="size-4 shrink-0" />
              </div>
            ) : (
              <details className="group">
                <summary
                  className={cn(
                    rowClass,
                    "list-none -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden",
                  )}
                >
                  <CheckLine check={check} />
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-muted group-open:rotate-90" />
                </summary>
                <div className="border-t p-3">
                  <IssueList label={`Findings of ${nameOf(check)}`} issues={check.issues} />
                  {check.issueCount > check.issues.length && (
                    <p className="mt-2 text-sm text-muted">And {check.issueCount - check.issues.length} more.</p>
                  )}
                </div>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const rowClass = "flex min-h-8 items-center gap-2 px-3 py-1 text-sm";

function nameOf({ check }: CheckView): string {
  return check in names ? names[check as CheckName] : check;
}

function CheckLine({ check }: { check: CheckView }) {
  const { status, durationMs, issueCount } = check;
  const { icon: Icon, className, word } = styles[status];
  return (
    <>
      <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
      <span className={cn("min-w-0 flex-1", status === "skipped" && "text-muted")}>{nameOf(check)}</span>
      <span className="text-xs text-muted">
        {issueCount === 0 ? word : `${word}, ${issueCount} ${issueCount === 1 ? "finding" : "findings"}`}
      </span>
      <span className="w-14 shrink-0 text-right text-xs text-muted tabular-nums">
        {status === "skipped" ? "" : formatMilliseconds(durationMs)}
      </span>
    </>
  );
}
