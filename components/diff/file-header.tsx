import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { LineCounts } from "../run/line-counts.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Link } from "../ui/link.tsx";
import type { ReviewFile } from "./review-files.ts";
import { statusWords } from "./status-letter.tsx";

/** Stands above one file of a review, and stays in sight while its lines scroll. */
export function FileHeader({
  file,
  note,
  isCollapsed,
  onToggle,
  isViewed,
  onViewedChange,
  openHref,
  changedSinceHref,
  actions,
  children,
}: {
  file: ReviewFile;
  note: string | undefined;
  isCollapsed: boolean;
  onToggle: () => void;
  isViewed: boolean;
  onViewedChange: (isViewed: boolean) => void;
  openHref: string;
  /** Where what changed since the file was viewed is shown; null where there is nothing of that kind. */
  changedSinceHref: string | null;
  actions?: ReactNode;
  /** What is shown of a file that has no lines. */
  children?: ReactNode;
}) {
  return (
    <div className="border-y bg-surface font-sans text-sm text-foreground">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1">
        <button type="button" onClick={onToggle} aria-expanded={!isCollapsed} aria-label={`${isCollapsed ? "Unfold" : "Fold"} ${file.path}`} className="flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover">
          {isCollapsed ? <ChevronRight aria-hidden className="size-4" /> : <ChevronDown aria-hidden className="size-4" />}
        </button>
        <h2 className="min-w-0 flex-1 basis-40 truncate font-mono text-sm" title={file.path}>
          {file.previousPath !== undefined && <span className="text-muted">{file.previousPath} → </span>}
          {file.path}
        </h2>
        <span className="text-xs text-muted">{statusWords[file.status]}</span>
        {note !== undefined && <span className="text-xs text-muted">{note}</span>}
        {file.isBinary && file.status !== "kept" && <span className="text-xs text-muted">{describeSizes(file)}</span>}
        {file.additions + file.deletions > 0 && <LineCounts additions={file.additions} deletions={file.deletions} />}
        {changedSinceHref !== null && (
          <Link href={changedSinceHref} className="text-xs text-caution underline">
            Changed since you viewed it
          </Link>
        )}
        {actions}
        <Link href={openHref} className="text-xs underline">
          Open
        </Link>
        {file.status !== "kept" && <Checkbox label="Viewed" isChecked={isViewed} onChange={onViewedChange} />}
      </div>
      {children}
    </div>
  );
}

function describeSizes({ oldSizeBytes, newSizeBytes }: ReviewFile): string {
  return [oldSizeBytes, newSizeBytes].flatMap((size) => (size === undefined ? [] : [`${size.toLocaleString("en")} bytes`])).join(" → ");
}
