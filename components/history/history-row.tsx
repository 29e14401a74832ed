import { Bookmark } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { CheckMarkText } from "../checks/check-mark-text.tsx";
import type { CheckMark } from "../checks/check-marks.ts";
import { describeKind } from "../generation/kind-words.ts";
import { shortenCommitId } from "../generation/commit/shorten-commit-id.ts";
import { LedgerLine } from "../generation/ledger-line.tsx";
import { generationHref } from "#lib/hrefs.ts";
import { formatCost } from "#lib/format-amount.ts";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { LaneGraph } from "./graph/lane-graph.tsx";
import { laneColour } from "./graph/lane-colour.ts";
import type { LaneRow } from "./graph/lay-out-lanes.ts";
import { HistoryRowMenu } from "./history-row-menu.tsx";
import { VersionChecks } from "./version-checks.tsx";

export const historyRowHeightPx = 28;

/** One version of the tree. */
export function HistoryRow({
  projectId,
  generation,
  head,
  source,
  lane,
  relation,
  checkMark,
  branchName,
  hiddenCount,
  day,
  topPx,
  isCurrent,
  isPicked,
  onSelect,
  onPick,
  onRollBack,
  onRestoreFiles,
  onLabel,
  onBookmark,
  onUnfold,
}: {
  projectId: ProjectId;
  generation: GenerationOutput;
  head: GenerationOutput | null;
  /** The source version of a roll back. */
  source: GenerationOutput | null;
  lane: LaneRow | null;
  relation: string;
  checkMark: CheckMark | null;
  /** The name of a branch, on its newest version, unless it is the active one. */
  branchName: string | null;
  /** The number of folded versions in branches that begin here. */
  hiddenCount: number;
  /** The day, on its first version. */
  day: string | null;
  topPx: number;
  isCurrent: boolean;
  isPicked: boolean;
  onSelect: () => void;
  onPick: () => void;
  onRollBack: () => void;
  onRestoreFiles: () => void;
  onLabel: () => void;
  onBookmark: () => void;
  /** Unfolds the branches that begin here. */
  onUnfold: () => void;
}) {
  const { generationId, version, isHead, isBookmarked } = generation;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- for the pointer; by keyboard, j and k select, and each control within
    <li
      tabIndex={-1}
      data-version={generationId}
      aria-current={isCurrent ? "true" : undefined}
      onPointerDown={onSelect}
      onFocus={onSelect}
      className={cn(
        "absolute inset-x-0 top-0 flex items-center gap-2 border-b px-2 -outline-offset-2",
        day !== null && topPx > 0 && "border-t border-t-line-strong",
        isPicked ? "bg-accent-surface" : isCurrent && "bg-surface",
      )}
      style={{ height: historyRowHeightPx, transform: `translateY(${topPx}px)` }}
    >
      <Checkbox label={`Compare v${version}`} isLabelHidden isChecked={isPicked} onChange={onPick} />
      {lane !== null && <LaneGraph row={lane} heightPx={historyRowHeightPx} isActive={isHead} />}
      <VersionName projectId={projectId} generation={generation} />
      {branchName !== null && <BranchName name={branchName} lane={lane?.lane ?? 0} />}
      <VersionPrompt generation={generation} sourceVersion={source?.version ?? null} />
      {hiddenCount > 0 && (
        <button
          type="button"
          onClick={onUnfold}
          className="h-6 shrink-0 rounded-sm text-xs text-muted underline hover:text-foreground"
        >
          +{hiddenCount} in branches
        </button>
      )}
      <VersionFacts generation={generation} checkMark={checkMark} relation={relation} day={day} />
      <Button
        look="ghost"
        size="icon-xs"
        aria-label={`Bookmark v${version}`}
        aria-pressed={isBookmarked}
        onClick={onBookmark}
      >
        <Bookmark aria-hidden className={isBookmarked ? "fill-accent text-accent" : undefined} />
      </Button>
      <HistoryRowMenu
        projectId={projectId}
        generation={generation}
        head={head}
        onLabel={onLabel}
        onRestoreFiles={onRestoreFiles}
        onRollBack={onRollBack}
      />
    </li>
  );
}

/** A version's number, its state and the user's label. */
function VersionName({ projectId, generation }: { projectId: ProjectId; generation: GenerationOutput }) {
  const { generationId, version, isHead, label } = generation;
  return (
    <>
      <Link
        href={generationHref({ projectId, generationId })}
        className="shrink-0 font-mono text-xs font-semibold hover:underline"
      >
        v{version}
      </Link>
      {isHead && <Badge tone="accent">active</Badge>}
      {label !== null && (
        <Badge tone="caution" className="max-w-40 truncate">
          {label}
        </Badge>
      )}
    </>
  );
}

function BranchName({ name, lane }: { name: string; lane: number }) {
  return (
    <span className="inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border px-1.5 text-xs text-muted">
      <span aria-hidden className="size-2 rounded-full" style={{ background: laneColour(lane) }} />
      {name}
    </span>
  );
}

/** A version's prompt. The kind of a version that no prompt asked for comes first. */
function VersionPrompt({ generation, sourceVersion }: { generation: GenerationOutput; sourceVersion: number | null }) {
  const { kind, prompt } = generation;
  const isUnprompted = kind !== "create" && kind !== "iterate";
  return (
    <>
      {(prompt === null || isUnprompted) && (
        <span className={cn("shrink-0 text-xs text-muted", prompt !== null && "max-sm:sr-only")}>
          {describeKind({ kind, sourceVersion })}
        </span>
      )}
      <span className="min-w-0 flex-1 truncate text-sm" title={prompt ?? undefined}>
        {prompt ?? ""}
      </span>
    </>
  );
}

/** What is known of a version, at the right of its row. Screen readers get what a narrow window leaves out. */
function VersionFacts({
  generation,
  checkMark,
  relation,
  day,
}: {
  generation: GenerationOutput;
  checkMark: CheckMark | null;
  relation: string;
  day: string | null;
}) {
  const { counts, createdAt, model, authorName, commitId, validation, additions, deletions, costUsd } = generation;
  return (
    <span className="flex shrink-0 items-center gap-2 text-xs text-muted tabular-nums">
      <span className="sr-only min-[1700px]:not-sr-only">
        <LedgerLine counts={counts} />
      </span>
      <span className="max-sm:hidden">
        <LineCounts additions={additions} deletions={deletions} />
      </span>
      {checkMark !== null && (
        <span className="flex max-w-40 min-w-0 max-sm:sr-only">
          <CheckMarkText mark={checkMark} />
        </span>
      )}
      <span className={validation.status === "passed" ? "sr-only" : "max-lg:sr-only"}>
        <VersionChecks validation={validation} />
      </span>
      <span className="sr-only">{relation}</span>
      {costUsd !== null && <span className="max-xl:hidden">{formatCost(costUsd)}</span>}
      {model !== null && <span className="max-w-32 truncate font-mono max-[1699px]:hidden">{model}</span>}
      {authorName !== null && <span className="max-w-32 truncate max-xl:hidden">{authorName}</span>}
      {commitId !== null && (
        <span className="font-mono max-xl:hidden" title={`commit ${commitId}`}>
          {shortenCommitId(commitId)}
        </span>
      )}
      <span className="flex min-w-32 items-center justify-end gap-1.5 max-sm:hidden">
        {day !== null && <span className="font-medium text-foreground">{day}</span>}
        <RelativeTime at={createdAt} />
      </span>
    </span>
  );
}
