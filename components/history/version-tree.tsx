"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { GitCompare } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useGenerationMark } from "../generation/generation-mark.ts";
import { compareHref, generationHref, reviewHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { copyLink } from "../ui/copy-link.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { useHotkeys } from "../ui/hotkeys.ts";
import { useIsAtLeast } from "../ui/window-width.ts";
import { describeRelations } from "./describe-relation.ts";
import { filterVersions, findPathToActive, isUnfiltered, noFilter } from "./filter-versions.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { HistoryRow, historyRowHeightPx } from "./history-row.tsx";
import { layOutLanes } from "./lay-out-lanes.ts";
import { VersionPreview } from "./version-preview.tsx";

// Few visits open them.
const RollbackDialog = dynamic(() => import("../generation/rollback-dialog.tsx").then((module) => module.RollbackDialog), { ssr: false });
const RestoreFilesDialog = dynamic(() => import("../generation/restore-files-dialog.tsx").then((module) => module.RestoreFilesDialog), { ssr: false });
const LabelDialog = dynamic(() => import("../generation/label-dialog.tsx").then((module) => module.LabelDialog), { ssr: false });

/** Narrower, the list has the room to itself. */
const previewFromPx = 1_400;

/** As if the list were this high, until it is drawn and measured. */
const firstWindowPx = 600;

type OpenDialog = { name: "rollback" | "restore" | "label"; target: GenerationOutput };

/** All versions as rows, of which those in sight are rendered. `isComplete` is false while older ones are still coming. */
export function VersionTree({ projectId, versions, isComplete }: { projectId: ProjectId; versions: GenerationOutput[]; isComplete: boolean }) {
  const router = useRouter();
  const mark = useGenerationMark();
  const [filter, setFilter] = useState(noFilter);
  const [isPathOnly, setIsPathOnly] = useState(false);
  const searchParams = useSearchParams();
  const [selectedId, setSelectedId] = useState(searchParams.get("sel"));
  const [picked, setPicked] = useState<GenerationId[]>([]);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const head = versions.find(({ isHead }) => isHead) ?? null;
  const byId = useMemo(() => new Map(versions.map((version) => [version.generationId, version])), [versions]);
  const relations = useMemo(() => describeRelations(versions), [versions]);
  const path = useMemo(() => (isPathOnly ? findPathToActive(versions) : null), [versions, isPathOnly]);
  const inTree = useMemo(() => (path === null ? versions : versions.filter(({ generationId }) => path.has(generationId))), [versions, path]);
  const lanes = useMemo(() => new Map(layOutLanes(inTree.map(({ generationId, parentGenerationIds }) => ({ id: generationId, parentIds: parentGenerationIds }))).map((row) => [row.id, row])), [inTree]);
  const shown = useMemo(() => filterVersions({ versions: inTree, filter }), [inTree, filter]);
  const virtualizer = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => historyRowHeightPx, overscan: 4, initialRect: { width: 0, height: firstWindowPx } });
  // A version that is not shown, or still on its way, selects the first one.
  const current = Math.max(0, shown.findIndex(({ generationId }) => generationId === selectedId));
  const selected = shown[current];
  const hasPreview = useIsAtLeast(previewFromPx);

  const select = (generation: GenerationOutput) => {
    setSelectedId(generation.generationId);
    window.history.replaceState(null, "", `?sel=${generation.generationId}`);
  };
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    if (shown[next] !== undefined) select(shown[next]);
    virtualizer.scrollToIndex(next);
  };
  const showLinked = useEffectEvent(() => {
    if (current > 0) virtualizer.scrollToIndex(current, { align: "center" });
  });
  useEffect(() => showLinked(), [isComplete]);
  const pick = (id: GenerationId) => setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before.slice(-1), id]));
  const bookmark = (generation: GenerationOutput) => void mark({ generation, mark: { isBookmarked: !generation.isBookmarked } });
  const isBranchPoint = (index: number) => relations.get(shown[index]?.generationId ?? "")?.includes("branch") === true;
  const toBranchPoint = (by: 1 | -1) => {
    for (let index = current + by; index >= 0 && index < shown.length; index += by) if (isBranchPoint(index)) return moveTo(index);
  };
  const compare = () => {
    const pair = picked.flatMap((id) => byId.get(id) ?? []).toSorted((a, b) => a.version - b.version);
    const [base, other] = pair;
    if (base !== undefined && other !== undefined) router.push(compareHref({ projectId, base: base.generationId, head: other.generationId }));
  };

  useHotkeys({
    j: () => moveTo(current + 1),
    k: () => moveTo(current - 1),
    n: () => toBranchPoint(1),
    p: () => toBranchPoint(-1),
    x: () => selected !== undefined && pick(selected.generationId),
    b: () => selected !== undefined && bookmark(selected),
    y: () => {
      if (selected !== undefined) select(selected);
      void copyLink();
    },
    c: () => {
      if (picked.length === 2) compare();
      else if (selected !== undefined && selected.parentGenerationIds.length > 0) router.push(reviewHref({ projectId, generationId: selected.generationId }));
    },
    "Shift+R": () => selected !== undefined && !selected.isHead && setDialog({ name: "rollback", target: selected }),
    "/": (event) => {
      event.preventDefault();
      filterInput.current?.focus();
    },
    Enter: (event) => {
      const isElsewhere = event.target instanceof HTMLElement && event.target.closest("a, button") !== null;
      if (!isElsewhere && selected !== undefined) router.push(generationHref({ projectId, generationId: selected.generationId }));
    },
  });

  const hasGraph = isUnfiltered(filter);
  // Who moves fast through the list is not held up by what stands beside it.
  const previewed = useDeferredValue(selected);
  return (
    <>
      <HistoryFilters filter={filter} onChange={setFilter} isPathOnly={isPathOnly} onPathOnlyChange={setIsPathOnly} inputRef={filterInput} />
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-sm text-muted">
          {describeCount({ shownCount: shown.length, count: versions.length, isComplete })}
        </p>
        <div className="ml-auto flex items-center gap-3">
          <span className="text-sm text-muted">{picked.length === 2 ? "" : picked.length === 1 ? "Select one more to compare." : "Select two versions to compare them."}</span>
          <Button look={picked.length === 2 ? "primary" : "secondary"} disabled={picked.length !== 2} onClick={compare}>
            <GitCompare aria-hidden />
            Compare
          </Button>
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No version fits the filter" action={<Button onClick={() => setFilter(noFilter)}>Clear filter</Button>} />
      ) : (
        <div className="grid items-start gap-3 min-[1400px]:grid-cols-[minmax(0,1fr)_340px]">
          <div ref={scroller} className="max-h-[calc(100dvh-240px)] min-h-60 overflow-y-auto rounded-md border">
            <ul aria-label="Versions" className="relative" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map(({ index, start }) => {
                const generation = shown[index];
                if (generation === undefined) return null;
                return (
                  <HistoryRow
                    key={generation.generationId}
                    projectId={projectId}
                    generation={generation}
                    head={head}
                    source={generation.sourceGenerationId === null ? null : (byId.get(generation.sourceGenerationId) ?? null)}
                    lane={hasGraph ? (lanes.get(generation.generationId) ?? null) : null}
                    relation={relations.get(generation.generationId) ?? ""}
                    hiddenCount={path?.get(generation.generationId) ?? 0}
                    topPx={start}
                    isCurrent={index === current}
                    isPicked={picked.includes(generation.generationId)}
                    onSelect={() => select(generation)}
                    onPick={() => pick(generation.generationId)}
                    onRollBack={() => setDialog({ name: "rollback", target: generation })}
                    onRestoreFiles={() => setDialog({ name: "restore", target: generation })}
                    onLabel={() => setDialog({ name: "label", target: generation })}
                    onBookmark={() => bookmark(generation)}
                  />
                );
              })}
            </ul>
          </div>
          {hasPreview && previewed !== undefined && <VersionPreview projectId={projectId} generation={previewed} />}
        </div>
      )}
      {dialog?.name === "rollback" && head !== null && <RollbackDialog projectId={projectId} target={dialog.target} head={head} open onOpenChange={(isOpen) => !isOpen && setDialog(null)} />}
      {dialog?.name === "restore" && head !== null && <RestoreFilesDialog projectId={projectId} source={dialog.target} head={head} onClose={() => setDialog(null)} />}
      {dialog?.name === "label" && <LabelDialog generation={dialog.target} onClose={() => setDialog(null)} />}
    </>
  );
}

function describeCount({ shownCount, count, isComplete }: { shownCount: number; count: number; isComplete: boolean }): string {
  if (count === 1) return "One version so far.";
  const shown = shownCount === count ? `${count.toLocaleString("en")} versions` : `${shownCount.toLocaleString("en")} of ${count.toLocaleString("en")} versions`;
  return isComplete ? shown : `${shown}, older ones are loading`;
}
