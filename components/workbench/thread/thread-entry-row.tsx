import type { ReactNode } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { AttachmentLine } from "../../attachments/attachment-line.tsx";
import type { CheckMark } from "../../checks/check-marks.ts";
import { cn } from "../../ui/class-names.ts";
import { LaneGraph } from "../../history/graph/lane-graph.tsx";
import type { LaneRow } from "../../history/graph/lay-out-lanes.ts";
import { Link } from "../../ui/link.tsx";
import { RelativeTime } from "../../ui/text/relative-time.tsx";
import { describeEntry } from "./describe-entry.ts";
import { countEntryLines, entryHeightPx, isAtWork, type ThreadLook } from "./entry-lines.ts";
import { entryHref } from "./entry-place.ts";
import { RunFoot, RunHead, RunWords } from "./run-entry.tsx";
import { entryId } from "./thread-entries.ts";
import { VersionFoot, VersionHead, VersionWords } from "./version-entry.tsx";

/** One line of text, or two. */
const clamps = ["hidden", "truncate", "line-clamp-2"];

/** One entry of a thread. A further kind adds its head, text and foot here, and its lines to `entry-lines.ts`. */
export function ThreadEntryRow({
  projectId,
  entry,
  branchesFrom,
  checkMark,
  look,
  lane,
  isShown,
  isTabStop,
  bottomPx,
  onFocus,
}: {
  projectId: ProjectId;
  entry: ThreadEntry;
  /** For a version: its parent, if another version is between them. */
  branchesFrom: number | null;
  checkMark: CheckMark | null;
  look: ThreadLook;
  /** Its part of the graph, in the compact view. */
  lane: LaneRow | null;
  isShown: boolean;
  isTabStop: boolean;
  /** From the newest end of the thread. */
  bottomPx: number;
  onFocus: () => void;
}) {
  const { promptLines, wordLines } = countEntryLines(entry);
  const { name, text } = describeEntry(entry);
  // The link's click area covers the entry, so that a press anywhere opens it.
  const renderLink = (className: string) => (
    <Link
      href={entryHref({ projectId, entry })}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      aria-current={isShown ? "true" : undefined}
      className={cn("min-w-0 break-words after:absolute after:inset-0 -outline-offset-2", className)}
    >
      <span className="sr-only">{name}: </span>
      {text}
    </Link>
  );
  const head =
    entry.kind === "run" ? <RunHead run={entry} /> : <VersionHead version={entry} branchesFrom={branchesFrom} />;
  return (
    <li
      data-entry={entryId(entry)}
      className={cn(
        "absolute inset-x-0 overflow-hidden border-b border-l-2 text-sm hover:bg-hover",
        isShown ? "border-l-accent bg-surface" : "border-l-transparent",
      )}
      style={{ bottom: bottomPx, height: entryHeightPx({ entry, look }) }}
    >
      {look === "compact" ? (
        <div className="flex h-full items-center gap-2 pr-2.5 pl-1">
          {lane !== null && (
            // The graph is drawn for lists with the newest on top.
            <span className="max-w-20 shrink-0 -scale-y-100 overflow-hidden">
              <LaneGraph row={lane} heightPx={28} isActive={entry.kind === "generation" && entry.isHead} />
            </span>
          )}
          {entry.kind === "run" ? (
            <RunHead run={entry} isBrief />
          ) : (
            <VersionHead version={entry} branchesFrom={null} isBrief />
          )}
          {renderLink("flex-1 truncate")}
          <RelativeTime at={entry.createdAt} className="shrink-0 text-xs text-faint" />
        </div>
      ) : (
        <div className="flex flex-col px-2.5 py-2">
          <div className="flex h-5 min-w-0 items-center gap-1.5">
            {head}
            <RelativeTime at={entry.createdAt} className="ml-auto shrink-0 text-xs text-faint" />
          </div>
          <Line>{renderLink(cn("leading-4.5 font-medium", promptLines === 0 ? "sr-only" : clamps[promptLines]))}</Line>
          {entry.runId !== null && entry.attachments.length > 0 && (
            <AttachmentLine runId={entry.runId} attachments={entry.attachments} />
          )}
          {wordLines > 0 && (
            <p className={cn("leading-4.5 break-words text-muted", isAtWork(entry) ? "truncate" : clamps[wordLines])}>
              {entry.kind === "run" ? <RunWords run={entry} /> : <VersionWords version={entry} />}
            </p>
          )}
          <div className="flex h-4.5 min-w-0 items-center gap-2 text-xs text-muted tabular-nums">
            {entry.kind === "run" ? <RunFoot run={entry} /> : <VersionFoot version={entry} checkMark={checkMark} />}
          </div>
        </div>
      )}
    </li>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p className="flex min-w-0 flex-col">{children}</p>;
}
