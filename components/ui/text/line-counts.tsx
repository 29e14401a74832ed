import { formatCount } from "#lib/format-count.ts";
import { cn } from "../class-names.ts";

/** Added and deleted lines. The signs have the meaning, the colours repeat it. */
export function LineCounts({
  additions,
  deletions,
  className,
}: {
  additions: number;
  deletions: number;
  className?: string;
}) {
  return (
    <span className={cn("inline-flex shrink-0 gap-2 font-mono text-xs tabular-nums", className)}>
      <span aria-hidden className={additions === 0 ? "text-faint" : "text-positive"}>
        +{formatCount(additions)}
      </span>
      <span aria-hidden className={deletions === 0 ? "text-faint" : "text-negative"}>
        −{formatCount(deletions)}
      </span>
      <span className="sr-only">
        {inLines(additions)} added {inLines(deletions)} deleted
      </span>
    </span>
  );
}

function inLines(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "line" : "lines"}`;
}
