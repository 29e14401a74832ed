import { Check, ChevronDown, ChevronRight, MessageSquare, TriangleAlert } from "lucide-react";
import { memo, useEffect, useEffectEvent, useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeMode } from "#lib/describe-mode.ts";
import { LineCounts } from "../ui/line-counts.tsx";
import { type FileDiffStatus, type ReviewFile } from "#lib/contracts/diff.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import { useRowWindow } from "../ui/row-window.ts";
import { Select } from "../ui/select.tsx";
import { useStableCallback } from "../ui/stable-callback.ts";
import { buildListRows, type ListRow } from "./list-rows.ts";
import type { ListedFiles } from "./session/listed-files.ts";
import type { FileOrder } from "./session/order-files.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";
import { StatusLetter } from "../diff-surface/status-letter.tsx";
import { allStatuses } from "../diff-surface/status-letters.ts";

const rowHeightPx = 28;
/** As if the list were this high, until it is drawn and measured. */
const firstWindowPx = 720;

const orderOptions: { value: FileOrder; label: string }[] = [
  { value: "path", label: "By path" },
  { value: "importance", label: "By importance" },
];

/** The files of a review beside its surface: what happened to each, and which were viewed. */
export function FileList({
  list: { listed: files, shown, unviewed, filter, setFilter, clear },
  state,
  setState,
  current,
  filterInput,
  onFilterLeave,
  isMerge,
  commentCounts,
  findings,
  viewedPaths,
  onSelect,
}: {
  list: ListedFiles;
  state: ReviewState;
  setState: SetReviewState;
  current: string | null;
  filterInput: RefObject<HTMLInputElement | null>;
  /** Out of the filter to the surface, to a file of it where one was asked for. */
  onFilterLeave: (file: ReviewFile | null) => void;
  isMerge: boolean;
  commentCounts: ReadonlyMap<FilePath, number>;
  findings: ReadonlyMap<FilePath, number>;
  viewedPaths: ReadonlySet<FilePath>;
  onSelect: (file: ReviewFile) => void;
}) {
  const { order, status: statuses } = state;
  const isUnviewedOnly = state.viewed === "0";
  const setStatuses = (next: FileDiffStatus[]) => void setState({ status: next.length === 0 ? null : next });
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const isGrouped = order === "path";
  const rows = useMemo(() => buildListRows({ files, isGrouped, folded }), [files, isGrouped, folded]);
  const toggleFolder = (folder: string) => {
    const next = new Set(folded);
    if (!next.delete(folder)) next.add(folder);
    setFolded(next);
  };
  const currentIndex = rows.findIndex((row) => row.type === "file" && row.file.path === current);
  const {
    rows: inSight,
    attach,
    scrollTo,
  } = useRowWindow({ count: rows.length, rowHeightPx, firstHeightPx: firstWindowPx, pinned: currentIndex });
  const showCurrent = useEffectEvent(() => {
    if (currentIndex !== -1) scrollTo(currentIndex);
  });
  useEffect(() => showCurrent(), [current]);
  // For rows that are not drawn again.
  const select = useStableCallback(onSelect);
  const onFilterKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      onFilterLeave(files[0] ?? null);
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      // Nor does it close what the list is in.
      event.stopPropagation();
      if (filter === "") onFilterLeave(null);
      else setFilter("");
    }
  };
  return (
    <nav aria-label="Files of this comparison" className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
      <div className="flex gap-1">
        <Input
          id="review-filter"
          ref={filterInput}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={onFilterKey}
          placeholder="Filter files"
          aria-label="Filter files"
          className="min-w-0 flex-1"
        />
        <Select
          label="Order of files"
          isLabelHidden
          value={order}
          options={orderOptions}
          onChange={(next) => void setState({ order: next })}
          className="w-28 shrink-0"
        />
      </div>
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
          {unviewed.length} unviewed
        </button>
      </div>
      {files.length === 0 && (
        <div className="flex flex-col items-start gap-2 px-1 py-2 text-sm text-muted">
          <p>{isUnviewedOnly && filter === "" && shown.length > 0 ? "All of them are viewed." : "No file fits."}</p>
          {shown.length > 0 && (
            <Button size="sm" onClick={clear}>
              Clear filter
            </Button>
          )}
        </div>
      )}
      <div ref={attach} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: rows.length * rowHeightPx }}>
          {inSight.map((index) => {
            const row = rows[index];
            const place = { topPx: index * rowHeightPx, setSize: rows.length, position: index + 1 };
            if (row === undefined) return null;
            if (row.type === "folder")
              return (
                <FolderRow key={`${row.folder}/`} {...place} row={row} onToggle={() => toggleFolder(row.folder)} />
              );
            const { path } = row.file;
            return (
              <FileRow
                key={path}
                {...place}
                file={row.file}
                name={row.name}
                isCurrent={current === path}
                isViewed={viewedPaths.has(path)}
                commentCount={commentCounts.get(path) ?? 0}
                findingCount={findings.get(path) ?? 0}
                onSelect={select}
              />
            );
          })}
        </ul>
      </div>
    </nav>
  );
}

/** A folder above its files, with the sum of their changes. */
function FolderRow({
  row: { folder, fileCount, additions, deletions, isFolded },
  topPx,
  setSize,
  position,
  onToggle,
}: {
  row: Extract<ListRow, { type: "folder" }>;
  topPx: number;
  setSize: number;
  position: number;
  onToggle: () => void;
}) {
  return (
    <li
      aria-setsize={setSize}
      aria-posinset={position}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <button
        type="button"
        aria-expanded={!isFolded}
        onClick={onToggle}
        className="flex h-7 w-full items-center gap-1 rounded-sm px-0.5 text-left text-xs text-muted -outline-offset-2 hover:bg-hover"
      >
        {isFolded ? (
          <ChevronRight aria-hidden className="size-3.5 shrink-0" />
        ) : (
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        )}
        <span className="min-w-0 flex-1 truncate font-mono" title={folder} dir="rtl">
          <bdi>{folder}</bdi>
        </span>
        <span className="sr-only">, {fileCount === 1 ? "1 file" : `${fileCount} files`}, </span>
        {isFolded && <LineCounts additions={additions} deletions={deletions} />}
      </button>
    </li>
  );
}

/** Drawn again only when something of this file changes: a key press moves two rows of hundreds. */
const FileRow = memo(function FileRow({
  file,
  name,
  topPx,
  isCurrent,
  isViewed,
  commentCount,
  findingCount,
  setSize,
  position,
  onSelect,
}: {
  file: ReviewFile;
  /** What of the path is seen. */
  name: string;
  topPx: number;
  isCurrent: boolean;
  isViewed: boolean;
  commentCount: number;
  findingCount: number;
  /** The rows that are not drawn count for a screen reader all the same. */
  setSize: number;
  position: number;
  onSelect: (file: ReviewFile) => void;
}) {
  const mode = describeMode(file);
  return (
    <li
      aria-setsize={setSize}
      aria-posinset={position}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <button
        type="button"
        onClick={() => onSelect(file)}
        aria-current={isCurrent ? "true" : undefined}
        className={cn(
          "flex h-7 w-full items-center gap-2 rounded-sm px-1 text-left text-sm -outline-offset-2 hover:bg-hover",
          isCurrent && "bg-hover",
          file.status === "kept" && "text-faint",
          name !== file.path && "pl-4",
        )}
      >
        <StatusLetter status={file.status} />
        <span className="sr-only">{file.path}</span>
        <span aria-hidden className="min-w-0 flex-1 truncate font-mono text-xs" title={file.path} dir="rtl">
          <bdi>{name}</bdi>
        </span>
        {mode !== null && <span className="shrink-0 text-xs text-muted">{mode}</span>}
        {findingCount > 0 && (
          <TriangleAlert
            aria-label={findingCount === 1 ? "1 finding" : `${findingCount} findings`}
            className="size-3.5 shrink-0 text-caution"
          />
        )}
        {commentCount > 0 && (
          <span className="flex shrink-0 items-center gap-0.5 text-xs text-muted">
            <MessageSquare aria-label="comments" className="size-3.5" />
            {commentCount}
          </span>
        )}
        {isViewed && file.status !== "kept" && (
          <Check aria-label="viewed" className="size-3.5 shrink-0 text-positive" />
        )}
        {file.additions + file.deletions > 0 && <LineCounts additions={file.additions} deletions={file.deletions} />}
      </button>
    </li>
  );
});
