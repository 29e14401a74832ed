"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Disposition, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { formatCount } from "#lib/format-count.ts";
import { filesHref, reviewHref } from "#lib/hrefs.ts";
import { BreakablePath } from "../ui/text/breakable-path.tsx";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";

const letters: Record<Exclude<Disposition, "kept">, { letter: string; className: string }> = {
  added: { letter: "A", className: "text-positive" },
  modified: { letter: "M", className: "text-caution" },
  deleted: { letter: "D", className: "text-negative" },
  moved: { letter: "R", className: "text-accent" },
};

type ChangedFile = Pick<LedgerEntry, "path" | "previousPath" | "disposition" | "additions" | "deletions">;

/**
 * The files that a version changed. Each links to its place in the review, or, without a parent (`target` "files"), to
 * its text, and not at all if no version stores the files. Those beyond `firstCount` are shown on request.
 */
export function ChangeList({
  projectId,
  generationId,
  changes,
  target,
  label = "Changed files",
  firstCount = 200,
}: {
  projectId: ProjectId;
  generationId: GenerationId | null;
  changes: readonly ChangedFile[];
  target: "review" | "files" | "none";
  label?: string;
  firstCount?: number;
}) {
  const [showsAll, setShowsAll] = useState(false);
  // A button for one or two more files would be as high as they are.
  const shown = showsAll || changes.length <= firstCount + 2 ? changes : changes.slice(0, firstCount);
  return (
    <ul aria-label={label} className="overflow-hidden rounded-md border">
      {shown.map((change) => {
        const href =
          generationId === null || target === "none"
            ? null
            : target === "review"
              ? reviewHref({ projectId, generationId, path: change.path })
              : filesHref({ projectId, generationId, path: change.path });
        return (
          <li
            key={change.path}
            className="border-b last:border-b-0 [contain-intrinsic-size:auto_32px] [content-visibility:auto]"
          >
            {href === null ? (
              <div className={rowClass}>
                <ChangeRow change={change} />
              </div>
            ) : (
              <Link href={href} className={cn(rowClass, "-outline-offset-2 hover:bg-hover")}>
                <ChangeRow change={change} />
              </Link>
            )}
          </li>
        );
      })}
      {shown.length < changes.length && (
        <li>
          <button
            type="button"
            onClick={({ currentTarget }) => {
              const list = currentTarget.closest("ul");
              flushSync(() => setShowsAll(true));
              list?.querySelectorAll("a")[firstCount]?.focus();
            }}
            className={cn(rowClass, "w-full text-sm text-accent -outline-offset-2 hover:bg-hover")}
          >
            Show {formatCount(changes.length - shown.length)} more files
          </button>
        </li>
      )}
    </ul>
  );
}

const rowClass = "flex min-h-8 items-center gap-3 px-3 py-1";

/** One changed file: its status, path and line counts. */
function ChangeRow({ change: { path, previousPath, disposition, additions, deletions } }: { change: ChangedFile }) {
  const mark = disposition === "kept" ? null : letters[disposition];
  return (
    <>
      <span
        aria-hidden
        title={disposition}
        className={cn("w-3 shrink-0 font-mono text-xs font-semibold", mark?.className ?? "text-faint")}
      >
        {mark?.letter ?? "K"}
      </span>
      <span className="sr-only">{disposition}</span>
      <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">
        {previousPath !== undefined && previousPath !== path && (
          <span className="text-muted">
            <BreakablePath path={previousPath} /> →{" "}
          </span>
        )}
        <BreakablePath path={path} />
      </span>
      <LineCounts additions={additions} deletions={deletions} />
    </>
  );
}
