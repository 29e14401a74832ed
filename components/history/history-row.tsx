import { Bookmark, Ellipsis } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { describeKind } from "../generation/kind-words.ts";
import { LedgerLine } from "../generation/ledger-line.tsx";
import { archiveHref, compareHref, generationHref, iterateHref, reviewHref } from "#lib/hrefs.ts";
import { formatCost } from "#lib/format-amount.ts";
import { LineCounts } from "../ui/line-counts.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { Menu } from "../ui/menu.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { LaneGraph } from "./lane-graph.tsx";
import type { LaneRow } from "./lay-out-lanes.ts";
import { VersionChecks } from "./version-checks.tsx";

export const historyRowHeightPx = 60;

/** One version of the tree. */
export function HistoryRow({
  projectId,
  generation,
  head,
  source,
  lane,
  relation,
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
  /** The version whose files a roll back brought back. */
  source: GenerationOutput | null;
  lane: LaneRow | null;
  relation: string;
  /** Versions in branches that leave here and are not shown. */
  hiddenCount: number;
  /** On the first version of a day: which. */
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
  /** Shows the branches that leave here. */
  onUnfold: () => void;
}) {
  const {
    generationId,
    version,
    kind,
    prompt,
    isHead,
    counts,
    createdAt,
    model,
    authorName,
    parentGenerationIds,
    label,
    isBookmarked,
    validation,
    additions,
    deletions,
    costUsd,
  } = generation;
  const place = { projectId, generationId };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- for the pointer; by keyboard, j and k select, and each control within
    <li
      tabIndex={-1}
      data-version={generationId}
      aria-current={isCurrent ? "true" : undefined}
      onPointerDown={onSelect}
      onFocus={onSelect}
      className={cn(
        "absolute inset-x-0 top-0 flex items-center gap-3 border-b px-3 -outline-offset-2",
        day !== null && topPx > 0 && "border-t border-t-line-strong",
        isPicked ? "bg-accent-surface" : isCurrent && "bg-surface",
      )}
      style={{ height: historyRowHeightPx, transform: `translateY(${topPx}px)` }}
    >
      <Checkbox label={`Compare v${version}`} isLabelHidden isChecked={isPicked} onChange={onPick} />
      {lane !== null && <LaneGraph row={lane} heightPx={historyRowHeightPx} isActive={isHead} />}
      <div className="min-w-0 flex-1">
        <div className="-m-1 flex min-w-0 items-center gap-2 overflow-hidden p-1">
          <Link href={generationHref(place)} className="font-semibold hover:underline">
            v{version}
          </Link>
          {isHead && <Badge tone="accent">active</Badge>}
          {label !== null && <Badge tone="caution">{label}</Badge>}
          <Badge className="max-sm:hidden">{describeKind({ kind, sourceVersion: source?.version ?? null })}</Badge>
          <span className="min-w-0 truncate text-sm" title={prompt ?? undefined}>
            {prompt ?? ""}
          </span>
        </div>
        <div className="flex min-w-0 items-center gap-2 truncate text-xs text-muted">
          <LedgerLine counts={counts} />
          <LineCounts additions={additions} deletions={deletions} />
          <VersionChecks validation={validation} />
          <span className="max-sm:sr-only">{relation}</span>
          {hiddenCount > 0 && (
            <button type="button" onClick={onUnfold} className="underline hover:text-foreground">
              +{hiddenCount} in branches
            </button>
          )}
          {costUsd !== null && <span className="max-md:hidden">{formatCost(costUsd)}</span>}
          {model !== null && <span className="truncate font-mono max-md:hidden">{model}</span>}
          {authorName !== null && <span className="truncate max-md:hidden">{authorName}</span>}
        </div>
      </div>
      <div className="flex shrink-0 flex-col items-end text-xs text-muted max-sm:hidden">
        {day !== null && <span className="font-medium text-foreground">{day}</span>}
        <RelativeTime at={createdAt} />
      </div>
      <Button
        look="ghost"
        size="icon-sm"
        aria-label={`Bookmark v${version}`}
        aria-pressed={isBookmarked}
        onClick={onBookmark}
      >
        <Bookmark aria-hidden className={isBookmarked ? "fill-accent text-accent" : undefined} />
      </Button>
      <Menu
        label={`Actions for v${version}`}
        icon={<Ellipsis aria-hidden />}
        entries={[
          { kind: "link", label: "Open", href: generationHref(place) },
          ...(parentGenerationIds.length === 0
            ? []
            : [{ kind: "link" as const, label: "Review changes", href: reviewHref(place) }]),
          ...(head === null || isHead
            ? []
            : [
                {
                  kind: "link" as const,
                  label: "Compare with active",
                  href: compareHref({ projectId, base: generationId, head: head.generationId }),
                },
              ]),
          { kind: "link", label: "Iterate from here", href: iterateHref(place) },
          { kind: "download", label: "Download zip", href: archiveHref(generationId) },
          { kind: "action", label: label === null ? "Label" : "Change label", onSelect: onLabel },
          { kind: "separator" },
          { kind: "action", label: "Restore files", isDisabled: isHead || head === null, onSelect: onRestoreFiles },
          { kind: "action", label: "Roll back to this", isDisabled: isHead || head === null, onSelect: onRollBack },
        ]}
      />
    </li>
  );
}
