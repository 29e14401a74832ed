import { Columns2, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { Button } from "../ui/button.tsx";
import type { DiffView } from "../diff-surface/surface-types.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/** The compared versions, the size of the difference, and the view settings. One row if there is room. */
export function ReviewToolbar({
  picker,
  summary,
  changed,
  viewedCount,
  view,
  isSplitPossible,
  onViewChange,
  viewMenu,
  actions,
}: {
  picker: ReactNode;
  summary: string;
  changed: readonly ReviewFile[];
  viewedCount: number;
  view: DiffView;
  /** A narrow surface has one column. */
  isSplitPossible: boolean;
  onViewChange: (view: DiffView) => void;
  viewMenu: ReactNode;
  actions: ReactNode;
}) {
  const other = view === "split" ? "Unified" : "Split";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 text-sm">
      {picker}
      <span title={summary} className="min-w-0 flex-[1_1_10rem] truncate text-muted">
        {summary}
      </span>
      <LineCounts
        additions={sum({ of: changed, count: "additions" })}
        deletions={sum({ of: changed, count: "deletions" })}
      />
      <span className="flex items-center gap-2 whitespace-nowrap text-muted">
        <progress
          value={viewedCount}
          max={Math.max(changed.length, 1)}
          aria-label="Viewed files"
          className="h-1.5 w-12 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
        {viewedCount}/{changed.length} viewed
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-x-1 gap-y-1">
        {viewMenu}
        {isSplitPossible && (
          <Button
            size="icon-sm"
            look="ghost"
            aria-label={other}
            title={other}
            onClick={() => onViewChange(view === "split" ? "unified" : "split")}
          >
            {view === "split" ? <Rows3 aria-hidden /> : <Columns2 aria-hidden />}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}

function sum({ of, count }: { of: readonly ReviewFile[]; count: "additions" | "deletions" }): number {
  return of.reduce((total, file) => total + file[count], 0);
}
