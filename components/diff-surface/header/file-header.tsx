import { ChevronDown, ChevronRight, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { describeMode } from "#lib/describe-mode.ts";
import { formatCount } from "#lib/format-count.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { LineCounts } from "../../ui/text/line-counts.tsx";
import { splitPath } from "./split-path.ts";
import { StatusLetter } from "./status-letter.tsx";

/** The header of one file, sticky while its lines scroll. */
export function FileHeader({
  file,
  note,
  isCollapsed,
  onToggle,
  details,
  actions,
  children,
}: {
  file: ReviewFile;
  note: string | undefined;
  isCollapsed: boolean;
  /** Null if there is nothing to fold. */
  onToggle: (() => void) | null;
  /** Further facts about the file. */
  details?: ReactNode;
  actions: ReactNode;
  /** Rendered for a file without lines, with its actions. */
  children?: ReactNode;
}) {
  const mode = describeMode(file);
  return (
    <div className="border-y bg-surface font-sans text-sm text-foreground">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-0.5 px-2 py-1">
        <FileTitle file={file} isCollapsed={isCollapsed} onToggle={onToggle} />
        <div className="ml-auto flex max-w-full flex-wrap items-center gap-x-2.5 gap-y-1 pl-7">
          {mode !== null && <span className="text-xs text-muted">{mode}</span>}
          {file.encoding !== undefined && <span className="text-xs text-muted">{file.encoding}</span>}
          {note !== undefined && <span className="text-xs text-muted">{note}</span>}
          {file.isBinary && file.status !== "kept" && <span className="text-xs text-muted">{describeSizes(file)}</span>}
          {details}
          {file.additions + file.deletions > 0 && <LineCounts additions={file.additions} deletions={file.deletions} />}
          <span className="flex items-center gap-x-2.5">{actions}</span>
        </div>
      </div>
      {children}
    </div>
  );
}

/**
 * The path, on its own row if it does not fit beside the rest. The folders of a path longer than the surface are
 * truncated; the old path of a moved file is complete and precedes the new one.
 */
function FileTitle({
  file,
  isCollapsed,
  onToggle,
}: {
  file: ReviewFile;
  isCollapsed: boolean;
  onToggle: (() => void) | null;
}) {
  const { path, previousPath, status } = file;
  const whole = previousPath === undefined ? path : `${previousPath} → ${path}`;
  const Chevron = isCollapsed ? ChevronRight : ChevronDown;
  return (
    <div className="flex max-w-full min-w-0 flex-auto items-center gap-1">
      {onToggle === null ? (
        <span className="flex size-6 shrink-0 items-center justify-center text-faint">
          <FileText aria-hidden className="size-4" />
        </span>
      ) : (
        <button
          type="button"
          onClick={onToggle}
          aria-expanded={!isCollapsed}
          aria-label={`${isCollapsed ? "Unfold" : "Fold"} ${path}`}
          className="flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover"
        >
          <Chevron aria-hidden className="size-4" />
        </button>
      )}
      <StatusLetter status={status} />
      {/* Rendered in parts, which a screen reader would announce separately. */}
      <h2
        aria-label={whole}
        title={whole}
        className="flex min-w-0 flex-wrap items-baseline gap-x-[1ch] font-mono text-sm whitespace-nowrap"
      >
        {previousPath !== undefined && (
          <span className="flex max-w-full min-w-0 text-muted">
            <PathParts path={previousPath} />
            <span className="shrink-0 whitespace-pre"> →</span>
          </span>
        )}
        <span className="flex max-w-full min-w-0">
          <PathParts path={path} />
        </span>
      </h2>
    </div>
  );
}

function PathParts({ path }: { path: string }) {
  const { folder, name } = splitPath(path);
  return (
    <>
      <span className="min-w-0 shrink-[9999] truncate text-muted">{folder}</span>
      <span className="min-w-0 truncate">{name}</span>
    </>
  );
}

function describeSizes({ oldSizeBytes, newSizeBytes }: ReviewFile): string {
  return [oldSizeBytes, newSizeBytes]
    .flatMap((size) => (size === undefined ? [] : [`${formatCount(size)} bytes`]))
    .join(" → ");
}
