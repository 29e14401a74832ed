import { Check } from "lucide-react";
import { LineCounts } from "../run/line-counts.tsx";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import type { ReviewFile } from "./review-files.ts";
import { StatusLetter } from "./status-letter.tsx";

/** The files of a review beside its surface: what happened to each, and which were viewed. */
export function FileList({
  files,
  current,
  filter,
  onFilterChange,
  isViewed,
  onSelect,
}: {
  files: ReviewFile[];
  current: string | null;
  filter: string;
  onFilterChange: (filter: string) => void;
  isViewed: (pair: string) => boolean;
  onSelect: (file: ReviewFile) => void;
}) {
  return (
    <nav aria-label="Files of this comparison" className="flex min-h-0 flex-col gap-2 border-r p-2 max-md:hidden">
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
              {isViewed(file.pair) && file.status !== "kept" && <Check aria-label="viewed" className="size-3.5 shrink-0 text-positive" />}
              {file.status !== "kept" && !file.isBinary && <LineCounts additions={file.additions} deletions={file.deletions} />}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
