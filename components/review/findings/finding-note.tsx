import { isDoubt } from "#lib/is-doubt.ts";
import { SeverityBadge } from "../../validation/severity-badge.tsx";
import { cn } from "../../ui/class-names.ts";
import type { Finding } from "./list-findings.ts";

/** A finding of the checks, below its line. */
export function FindingNote({ issue }: { issue: Finding["issue"] }) {
  const { severity, message, excerpt } = issue;
  return (
    <div
      role="note"
      aria-label={`Finding: ${message}`}
      className={cn(
        "flex flex-col gap-1 border-y px-3 py-1.5",
        isDoubt(issue) ? "border-caution/40 bg-caution-surface" : "border-line bg-surface",
      )}
    >
      <p className="flex flex-wrap items-baseline gap-2">
        <SeverityBadge severity={severity} />
        <span className="min-w-0 flex-1 break-words">{message}</span>
      </p>
      {excerpt !== undefined && (
        <pre className="overflow-x-auto rounded-sm bg-background px-2 py-1 font-mono text-xs">{excerpt}</pre>
      )}
    </div>
  );
}
