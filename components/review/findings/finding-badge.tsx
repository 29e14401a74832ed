import { TriangleAlert } from "lucide-react";
import { cn } from "../../ui/class-names.ts";
import type { Finding } from "./list-findings.ts";
import { isDoubt } from "#lib/is-doubt.ts";

/** The number of findings in a file. A press goes to the first. */
export function FindingBadge({
  findings,
  onGoTo,
}: {
  findings: readonly Finding[];
  onGoTo: (finding: Finding) => void;
}) {
  const [first] = findings;
  if (first === undefined) return null;
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const said = findings.map(({ issue }) => issue.message).join("\n");
  return (
    <button
      type="button"
      title={said}
      aria-label={`${count} in ${first.path}: ${first.issue.message}`}
      onClick={() => onGoTo(first)}
      className={cn(
        "inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap hover:underline",
        findings.some(({ issue }) => isDoubt(issue)) ? "bg-caution-surface text-caution" : "bg-hover text-muted",
      )}
    >
      <TriangleAlert aria-hidden className="size-3.5" />
      {count}
    </button>
  );
}
