import { Check } from "lucide-react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { LineCounts } from "../run/line-counts.tsx";
import type { FileDiffStatus } from "#lib/contracts/diff.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import type { ReviewFile } from "./review-files.ts";
import { StatusLetter } from "./status-letter.tsx";

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
  onSelect: (file: ReviewFile) => void;
}) {
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
      </div>
      <Input id="review-filter" value={filter} onChange={(event) => onFilterChange(event.target.value)} placeholder="Filter files" aria-label="Filter files" />
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              onClick={() => onSelect(file)}
              aria-current={current === file.path ? "true" : undefined}
              className={cn("flex h-7 w-full items-center gap-2 rounded-sm px-1 text-left text-sm hover:bg-hover", current === file.path && "bg-hover", file.status === "kept" && "text-faint")}
            >
              <StatusLetter status={file.status} />
              <span className="min-w-0 flex-1 truncate font-mono text-xs" title={file.path} dir="rtl">
                <bdi>{file.path}</bdi>
              </span>
              {viewedPaths.has(file.path) && file.status !== "kept" && <Check aria-label="viewed" className="size-3.5 shrink-0 text-positive" />}
              {file.status !== "kept" && !file.isBinary && <LineCounts additions={file.additions} deletions={file.deletions} />}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
