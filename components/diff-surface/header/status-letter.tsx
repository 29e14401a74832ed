import { cn } from "../../ui/class-names.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { statusLetters } from "./status-letters.ts";

const statusWords: Record<ReviewFile["status"], string> = {
  added: "added",
  modified: "modified",
  deleted: "deleted",
  moved: "moved",
  kept: "kept",
};

const tones: Record<ReviewFile["status"], string> = {
  added: "text-positive",
  modified: "text-caution",
  deleted: "text-negative",
  moved: "text-accent",
  kept: "text-faint",
};

/** A file's status as git's letter, with the word for screen readers. */
export function StatusLetter({ status }: { status: ReviewFile["status"] }) {
  return (
    <span
      className={cn("inline-block w-4 shrink-0 text-center font-mono text-xs font-semibold", tones[status])}
      title={statusWords[status]}
    >
      <span aria-hidden>{status === "kept" ? "=" : statusLetters[status]}</span>
      <span className="sr-only">{statusWords[status]}</span>
    </span>
  );
}
