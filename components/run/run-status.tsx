import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import { cn } from "../ui/class-names.ts";

const words: Record<RunStatus, string> = {
  QUEUED: "Queued",
  RUNNING: "Running",
  SUCCEEDED: "Done",
  NEEDS_REVIEW: "Needs your decision",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

const dotColours: Record<RunStatus, string> = {
  QUEUED: "border border-muted",
  RUNNING: "animate-pulse bg-accent",
  SUCCEEDED: "bg-positive",
  NEEDS_REVIEW: "bg-caution",
  FAILED: "bg-negative",
  CANCELLED: "bg-line-strong",
};

export function runStatusWord(status: RunStatus): string {
  return words[status];
}

/** A run's state as an icon, with the word for screen readers. */
export function RunStatusDot({ status }: { status: RunStatus }) {
  return (
    <span className="inline-flex shrink-0 items-center">
      <span aria-hidden className={cn("size-2 rounded-full", dotColours[status])} />
      <span className="sr-only">{words[status]}</span>
    </span>
  );
}

export function RunStatusLabel({ status, className }: { status: RunStatus; className?: string }) {
  return (
    <span className={cn("inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap", className)}>
      <span aria-hidden className={cn("size-2 rounded-full", dotColours[status])} />
      {words[status]}
    </span>
  );
}
