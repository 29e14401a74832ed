import { useEffect, useEffectEvent, useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { useRowWindow } from "../ui/windows/row-window.ts";
import { Select } from "../ui/select.tsx";
import { useStableCallback } from "../ui/hooks/stable-callback.ts";
import { FileFilters } from "./file-filters.tsx";
import { FileRow, FolderRow } from "./file-list-rows.tsx";
import { buildListRows } from "./list-rows.ts";
import type { ViewedFiles } from "./data/viewed-files.ts";
import type { ListedFiles } from "./session/files/listed-files.ts";
import type { FileOrder } from "./session/files/order-files.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";

const rowHeightPx = 28;
/** The assumed height until the list is measured. */
const firstWindowPx = 720;

const orderOptions: { value: FileOrder; label: string }[] = [
  { value: "path", label: "By path" },
  { value: "importance", label: "By importance" },
];

type FileListProps = {
  projectId: ProjectId;
  list: ListedFiles;
  state: ReviewState;
  setState: SetReviewState;
  current: string | null;
  filterInput: RefObject<HTMLInputElement | null>;
  /** Moves the focus from the filter to the surface, and to a file if given. */
  onFilterLeave: (file: ReviewFile | null) => void;
  isMerge: boolean;
  commentCounts: ReadonlyMap<FilePath, number>;
  findings: ReadonlyMap<FilePath, number>;
  viewed: Pick<ViewedFiles, "paths" | "seenIn">;
  onSelect: (file: ReviewFile) => void;
};

/** The files of a review beside its surface, with their status and viewed marks. */
export function FileList({
  projectId,
  list: { listed: files, shown, unviewed, filter, setFilter, clear },
  state,
  setState,
  current,
  filterInput,
  onFilterLeave,
  isMerge,
  commentCounts,
  findings,
  viewed,
  onSelect,
}: FileListProps) {
  const { order } = state;
  const isUnviewedOnly = state.viewed === "0";
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
  // Stable, for memoized rows.
  const select = useStableCallback(onSelect);
  return (
    <nav aria-label="Files of this comparison" className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
      <div className="flex gap-1">
        <FilterInput
          inputRef={filterInput}
          text={filter}
          onChange={setFilter}
          onLeave={(isToFirst) => onFilterLeave(isToFirst ? (files[0] ?? null) : null)}
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
      <FileFilters state={state} setState={setState} isMerge={isMerge} unviewedCount={unviewed.length} />
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
            const place = { projectId, topPx: index * rowHeightPx, setSize: rows.length, position: index + 1 };
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
                isViewed={viewed.paths.has(path)}
                hasChangedSince={viewed.seenIn.has(path)}
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

/** Enter goes to the first match; Escape clears the text, then leaves the field. */
function FilterInput({
  inputRef,
  text,
  onChange,
  onLeave,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  text: string;
  onChange: (text: string) => void;
  onLeave: (isToFirst: boolean) => void;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      onLeave(true);
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      // Nor does it close the surrounding drawer.
      event.stopPropagation();
      if (text === "") onLeave(false);
      else onChange("");
    }
  };
  return (
    <Input
      id="review-filter"
      ref={inputRef}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder="Filter files"
      aria-label="Filter files"
      className="min-w-0 flex-1"
    />
  );
}
