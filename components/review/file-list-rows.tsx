import { Check, ChevronDown, ChevronRight, History, MessageSquare, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { describeMode } from "#lib/describe-mode.ts";
import { LimitButton } from "../composer/scope/limit-button.tsx";
import { StatusLetter } from "../diff-surface/header/status-letter.tsx";
import { cn } from "../ui/class-names.ts";
import { LineCounts } from "../ui/text/line-counts.tsx";
import type { ListRow } from "./list-rows.ts";

/** In place of the counts, which are hidden while the row is hovered. */
const limitPlace = "absolute top-0.5 right-0.5 [li:hover>&]:opacity-100";

/** A folder above its files, with the sum of their changes. */
export function FolderRow({
  projectId,
  row: { folder, fileCount, additions, deletions, isFolded },
  topPx,
  setSize,
  position,
  onToggle,
}: {
  projectId: ProjectId;
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
        {isFolded && <LineCounts additions={additions} deletions={deletions} className="[li:hover_&]:opacity-0" />}
      </button>
      <LimitButton projectId={projectId} path={folder} isFolder className={limitPlace} />
    </li>
  );
}

/** Memoized by file: a key press re-renders two rows of hundreds. */
export const FileRow = memo(function FileRow({
  projectId,
  file,
  name,
  topPx,
  isCurrent,
  isViewed,
  hasChangedSince,
  commentCount,
  findingCount,
  setSize,
  position,
  onSelect,
}: {
  projectId: ProjectId;
  file: ReviewFile;
  /** The visible part of the path. */
  name: string;
  topPx: number;
  isCurrent: boolean;
  isViewed: boolean;
  /** Since the user viewed it. */
  hasChangedSince: boolean;
  commentCount: number;
  findingCount: number;
  /** Screen readers count rows that are not rendered too. */
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
        {hasChangedSince && (
          <span title="Changed since you viewed it" className="flex shrink-0 text-caution">
            <History aria-label="changed since you viewed it" className="size-3.5" />
          </span>
        )}
        {isViewed && file.status !== "kept" && (
          <Check aria-label="viewed" className="size-3.5 shrink-0 text-positive" />
        )}
        {file.additions + file.deletions > 0 && (
          <LineCounts additions={file.additions} deletions={file.deletions} className="[li:hover_&]:opacity-0" />
        )}
      </button>
      <LimitButton projectId={projectId} path={file.path} isFolder={false} className={limitPlace} />
    </li>
  );
});
