import { cn } from "../ui/class-names.ts";

/** Added and deleted lines. The signs carry the meaning, the colours repeat it. */
export function LineCounts({ additions, deletions, className }: { additions: number; deletions: number; className?: string }) {
  return (
    <span className={cn("inline-flex shrink-0 gap-2 font-mono text-xs tabular-nums", className)}>
      <span className="text-positive">
        <span aria-hidden>+{additions}</span>
        <span className="sr-only">{additions} {additions === 1 ? "line" : "lines"} added</span>
      </span>
      <span className={deletions === 0 ? "text-faint" : "text-negative"}>
        <span aria-hidden>−{deletions}</span>
        <span className="sr-only">{deletions} {deletions === 1 ? "line" : "lines"} deleted</span>
      </span>
    </span>
  );
}
