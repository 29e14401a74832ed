import { useVirtualizer } from "@tanstack/react-virtual";
import { Check } from "lucide-react";
import { memo, useCallback, useEffect, useEffectEvent, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { LineCounts } from "../run/line-counts.tsx";
import type { FileDiffStatus } from "#lib/contracts/diff.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import type { ReviewFile } from "./review-files.ts";
import { StatusLetter } from "./status-letter.tsx";

const rowHeightPx = 28;
/** As if the list were this high, until it is drawn and measured. */
const firstWindowPx = 720;

const allStatuses: readonly FileDiffStatus[] = ["added", "modified", "deleted", "moved"];

/** The files of a review beside its surface: what happened to each, and which were viewed. */
export function FileList({
  files,
  current,
  filter,
  onFilterChange,
  statuses,
  onStatusesChange,
  viewedPaths,
  unviewedCount,
  isUnviewedOnly,
  onUnviewedOnlyChange,
  isOpen,
  onClose,
  onSelect,
}: {
  files: ReviewFile[];
  current: string | null;
  filter: string;
  onFilterChange: (filter: string) => void;
  /** None: all of them. */
  statuses: readonly FileDiffStatus[];
  onStatusesChange: (statuses: FileDiffStatus[]) => void;
  /** Only on narrow windows, where the list covers the surface. */
  isOpen: boolean;
  onClose: () => void;
  viewedPaths: ReadonlySet<FilePath>;
  unviewedCount: number;
  isUnviewedOnly: boolean;
  onUnviewedOnlyChange: (isOn: boolean) => void;
  onSelect: (file: ReviewFile) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: files.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeightPx, overscan: 8, initialRect: { width: 0, height: firstWindowPx } });
  const currentIndex = files.findIndex(({ path }) => path === current);
  const showCurrent = useEffectEvent(() => {
    if (currentIndex !== -1) virtualizer.scrollToIndex(currentIndex, { align: "auto" });
  });
  useEffect(() => showCurrent(), [current]);
  // The same function at each render, for rows that are not drawn again.
  const latestSelect = useRef(onSelect);
  useEffect(() => {
    latestSelect.current = onSelect;
  });
  const select = useCallback((file: ReviewFile) => latestSelect.current(file), []);
  return (
    <nav aria-label="Files of this comparison" className={cn("flex min-h-0 flex-col gap-2 border-r p-2 max-md:fixed max-md:inset-0 max-md:z-30 max-md:bg-background", !isOpen && "max-md:hidden")}>
      <Button size="sm" className="self-end md:hidden" onClick={onClose}>
        Close
      </Button>
      <div role="group" aria-label="Show only" className="flex gap-1">
        {allStatuses.map((status) => (
          <button
            key={status}
            type="button"
            aria-pressed={statuses.includes(status)}
            title={`Only ${status} files`}
            onClick={() => onStatusesChange(statuses.includes(status) ? statuses.filter((other) => other !== status) : [...statuses, status])}
            className="flex h-6 min-w-6 items-center justify-center rounded-sm border px-1.5 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-surface"
          >
            <StatusLetter status={status} />
          </button>
        ))}
        <button
          type="button"
          aria-pressed={isUnviewedOnly}
          onClick={() => onUnviewedOnlyChange(!isUnviewedOnly)}
          className="ml-auto h-6 rounded-sm border px-1.5 text-xs hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-surface"
        >
          {unviewedCount} unviewed
        </button>
      </div>
      <Input id="review-filter" value={filter} onChange={(event) => onFilterChange(event.target.value)} placeholder="Filter files" aria-label="Filter files" />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const file = files[index];
            return file === undefined ? null : <FileRow key={file.path} file={file} topPx={start} isCurrent={current === file.path} isViewed={viewedPaths.has(file.path)} setSize={files.length} position={index + 1} onSelect={select} />;
          })}
        </ul>
      </div>
    </nav>
  );
}

/** Drawn again only when something of this file changes: a key press moves two rows of hundreds. */
const FileRow = memo(function FileRow({
  file,
  topPx,
  isCurrent,
  isViewed,
  setSize,
  position,
  onSelect,
}: {
  file: ReviewFile;
  topPx: number;
  isCurrent: boolean;
  isViewed: boolean;
  /** The rows that are not drawn count for a screen reader all the same. */
  setSize: number;
  position: number;
  onSelect: (file: ReviewFile) => void;
}) {
  return (
    <li aria-setsize={setSize} aria-posinset={position} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${topPx}px)` }}>
      <button
        type="button"
        onClick={() => onSelect(file)}
        aria-current={isCurrent ? "true" : undefined}
        className={cn("flex h-7 w-full items-center gap-2 rounded-sm px-1 text-left text-sm -outline-offset-2 hover:bg-hover", isCurrent && "bg-hover", file.status === "kept" && "text-faint")}
      >
        <StatusLetter status={file.status} />
        <span className="min-w-0 flex-1 truncate font-mono text-xs" title={file.path} dir="rtl">
          <bdi>{file.path}</bdi>
        </span>
        {isViewed && file.status !== "kept" && <Check aria-label="viewed" className="size-3.5 shrink-0 text-positive" />}
        {file.additions + file.deletions > 0 && <LineCounts additions={file.additions} deletions={file.deletions} />}
      </button>
    </li>
  );
});
