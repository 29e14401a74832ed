import { cn } from "../ui/class-names.ts";
import type { ReviewFile } from "./review-files.ts";

export const statusWords: Record<ReviewFile["status"], string> = { added: "added", modified: "modified", deleted: "deleted", moved: "moved", kept: "kept" };

const letters: Record<ReviewFile["status"], { letter: string; tone: string }> = {
  added: { letter: "A", tone: "text-positive" },
  modified: { letter: "M", tone: "text-caution" },
  deleted: { letter: "D", tone: "text-negative" },
  moved: { letter: "R", tone: "text-accent" },
  kept: { letter: "=", tone: "text-faint" },
};

/** The state of a file as git's letter, with its word for those who cannot see it. */
export function StatusLetter({ status }: { status: ReviewFile["status"] }) {
  const { letter, tone } = letters[status];
  return (
    <span className={cn("inline-block w-4 shrink-0 text-center font-mono text-xs font-semibold", tone)} title={statusWords[status]}>
      <span aria-hidden>{letter}</span>
      <span className="sr-only">{statusWords[status]}</span>
    </span>
  );
}
