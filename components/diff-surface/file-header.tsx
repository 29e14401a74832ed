import { ChevronDown, ChevronRight, Ellipsis, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { describeMode } from "#lib/describe-mode.ts";
import { formatCount } from "#lib/format-count.ts";
import { LineCounts } from "../ui/line-counts.tsx";
import { Badge } from "../ui/badge.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { copyText } from "../ui/copy-text.ts";
import { Link } from "../ui/link.tsx";
import { Menu } from "../ui/menu.tsx";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import { splitPath } from "./split-path.ts";
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
  historyHref,
  origin,
  findingCount,
  changedSinceHref,
  onComment,
  actions,
  children,
}: {
  file: ReviewFile;
  note: string | undefined;
  isCollapsed: boolean;
  /** Null where there is nothing to fold. */
  onToggle: (() => void) | null;
  isViewed: boolean;
  onViewedChange: (isViewed: boolean) => void;
  openHref: string;
  /** Which versions changed the file. */
  historyHref: string;
  /** Who or what made the file what it is, in words. */
  origin: string | null;
  findingCount: number;
  /** Where what changed since the file was viewed is shown; null where there is nothing of that kind. */
  changedSinceHref: string | null;
  /** Begins a comment on the file as a whole. */
  onComment: () => void;
  actions?: ReactNode;
  /** What is shown of a file that has no lines, and what stands at it. */
  children?: ReactNode;
}) {
  const mode = describeMode(file);
  return (
    <div className="border-y bg-surface font-sans text-sm text-foreground">
      <div className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 px-2 py-1">
        {onToggle === null ? (
          <span className="flex size-6 items-center justify-center text-faint">
            <FileText aria-hidden className="size-4" />
          </span>
        ) : (
          <button
            type="button"
            onClick={onToggle}
            aria-expanded={!isCollapsed}
            aria-label={`${isCollapsed ? "Unfold" : "Fold"} ${file.path}`}
            className="flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover"
          >
            {isCollapsed ? (
              <ChevronRight aria-hidden className="size-4" />
            ) : (
              <ChevronDown aria-hidden className="size-4" />
            )}
          </button>
        )}
        <FileTitle file={file} />
        <span className="text-xs text-muted">{statusWords[file.status]}</span>
        {mode !== null && <span className="text-xs text-muted">{mode}</span>}
        {file.encoding !== undefined && <span className="text-xs text-muted">{file.encoding}</span>}
        {note !== undefined && <span className="text-xs text-muted">{note}</span>}
        {file.isBinary && file.status !== "kept" && <span className="text-xs text-muted">{describeSizes(file)}</span>}
        {file.additions + file.deletions > 0 && <LineCounts additions={file.additions} deletions={file.deletions} />}
        {origin !== null && <Badge>{origin}</Badge>}
        {findingCount > 0 && (
          <Badge tone="caution">{findingCount === 1 ? "1 finding" : `${findingCount} findings`}</Badge>
        )}
        {changedSinceHref !== null && (
          <Link href={changedSinceHref} className="text-xs text-caution underline">
            Changed since you viewed it
          </Link>
        )}
        {actions}
        <Link href={openHref} className="text-xs underline">
          Open
        </Link>
        <Menu
          label={`More for ${file.path}`}
          icon={<Ellipsis aria-hidden />}
          entries={[
            { kind: "action", label: "Comment", onSelect: onComment },
            {
              kind: "action",
              label: "Copy path",
              onSelect: () => void copyText({ text: file.path, done: "The path is copied." }),
            },
            { kind: "link", label: "File history", href: historyHref },
          ]}
        />
        {file.status !== "kept" && <Checkbox label="Viewed" isChecked={isViewed} onChange={onViewedChange} />}
      </div>
      {children}
    </div>
  );
}

/** Where room is short the folders are cut, each at its end, and what a moved file was called; its name stays whole. */
function FileTitle({ file: { path, previousPath } }: { file: ReviewFile }) {
  const { folder, name } = splitPath(path);
  const whole = previousPath === undefined ? path : `${previousPath} → ${path}`;
  return (
    // Its parts stand apart from each other, which would be heard.
    <h2
      aria-label={whole}
      className="flex flex-1 basis-24 items-baseline font-mono text-sm whitespace-nowrap"
      style={{ minWidth: `min(100% - 36px, ${name.length + (previousPath === undefined ? 1 : 4)}ch)` }}
      title={whole}
    >
      {previousPath !== undefined && (
        <>
          <span className="min-w-0 shrink-[4] truncate text-muted">{previousPath}</span>
          <span className="shrink-0 whitespace-pre text-muted"> → </span>
        </>
      )}
      <span className="min-w-0 shrink truncate text-muted">{folder}</span>
      <span className="max-w-full shrink-0 truncate">{name}</span>
    </h2>
  );
}

function describeSizes({ oldSizeBytes, newSizeBytes }: ReviewFile): string {
  return [oldSizeBytes, newSizeBytes]
    .flatMap((size) => (size === undefined ? [] : [`${formatCount(size)} bytes`]))
    .join(" → ");
}
