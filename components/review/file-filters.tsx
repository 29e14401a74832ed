import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";
import { StatusLetter } from "../diff-surface/header/status-letter.tsx";
import { allStatuses } from "../diff-surface/header/status-letters.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";

/** Filters of the file list: some statuses, files combined by a merge, unviewed files. */
export function FileFilters({
  state,
  setState,
  isMerge,
  unviewedCount,
}: {
  state: ReviewState;
  setState: SetReviewState;
  isMerge: boolean;
  unviewedCount: number;
}) {
  const { status: statuses } = state;
  const isUnviewedOnly = state.viewed === "0";
  const setStatuses = (next: FileDiffStatus[]) => void setState({ status: next.length === 0 ? null : next });
  return (
    <div role="group" aria-label="Show only" className="flex flex-wrap gap-1">
      {allStatuses.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={statuses.includes(status)}
          title={`Only ${status} files`}
          onClick={() =>
            setStatuses(
              statuses.includes(status) ? statuses.filter((other) => other !== status) : [...statuses, status],
            )
          }
          className="flex h-6 min-w-6 items-center justify-center rounded-sm border px-1.5 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-surface"
        >
          <StatusLetter status={status} />
        </button>
      ))}
      {isMerge && (
        <button
          type="button"
          aria-pressed={state.combined}
          title="Only files that the merge put together from both sides, or that were decided"
          onClick={() => void setState({ combined: !state.combined })}
          className="h-6 rounded-sm border px-1.5 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-surface"
        >
          Combined
        </button>
      )}
      <button
        type="button"
        aria-pressed={isUnviewedOnly}
        onClick={() => void setState({ viewed: isUnviewedOnly ? null : "0" })}
        className="ml-auto h-6 rounded-sm border px-1.5 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-surface"
      >
        {unviewedCount} unviewed
      </button>
    </div>
  );
}
