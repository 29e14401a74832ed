import { Columns2, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import { LineCounts } from "../run/line-counts.tsx";
import { Button } from "../ui/button.tsx";
import { Switch } from "../ui/switch.tsx";
import type { DiffView } from "./diff-surface.tsx";

/** Says what is compared and how much differs, and sets how it is shown. */
export function ReviewToolbar({
  picker,
  summary,
  additions,
  deletions,
  viewedCount,
  fileCount,
  view,
  isSplitPossible,
  onViewChange,
  ignoresWhitespace,
  onWhitespaceChange,
  isWrapped,
  onWrapChange,
  isOneFile,
  onOneFileChange,
  showsKept,
  onKeptChange,
  keptCount,
  actions,
}: {
  picker: ReactNode;
  summary: ReactNode;
  additions: number;
  deletions: number;
  viewedCount: number;
  fileCount: number;
  view: DiffView;
  /** Narrow windows have one column. */
  isSplitPossible: boolean;
  onViewChange: (view: DiffView) => void;
  ignoresWhitespace: boolean;
  onWhitespaceChange: (isOn: boolean) => void;
  isWrapped: boolean;
  onWrapChange: (isOn: boolean) => void;
  isOneFile: boolean;
  onOneFileChange: (isOn: boolean) => void;
  showsKept: boolean;
  onKeptChange: (isOn: boolean) => void;
  keptCount: number;
  actions: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-2 text-sm">
      {picker}
      <span className="text-muted">{summary}</span>
      <LineCounts additions={additions} deletions={deletions} />
      <span className="flex items-center gap-2 text-muted">
        <progress value={viewedCount} max={Math.max(fileCount, 1)} aria-label="Viewed files" className="h-1.5 w-16 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent" />
        {viewedCount}/{fileCount} viewed
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
        <Switch label={`Show kept files (${keptCount})`} isOn={showsKept} onChange={onKeptChange} />
        <Switch label="Ignore white space" isOn={ignoresWhitespace} onChange={onWhitespaceChange} />
        <Switch label="Wrap" isOn={isWrapped} onChange={onWrapChange} />
        <Switch label="One file" isOn={isOneFile} onChange={onOneFileChange} />
        {isSplitPossible && (
          <Button size="sm" look="ghost" onClick={() => onViewChange(view === "split" ? "unified" : "split")}>
            {view === "split" ? <Rows3 aria-hidden /> : <Columns2 aria-hidden />}
            {view === "split" ? "Unified" : "Split"}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}
