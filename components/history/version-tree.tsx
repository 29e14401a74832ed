"use client";

import { GitCompare } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useCheckMarks } from "../checks/check-marks.ts";
import { useBookmark } from "../generation/generation-mark.ts";
import { compareHref } from "#lib/hrefs.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { useHistoryKeys } from "./history-keys.ts";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { useRowWindow } from "../ui/windows/row-window.ts";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import { toggleAll } from "./graph/find-folded-candidates.ts";
import { noFilter } from "./filter-versions.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { HistoryRow, historyRowHeightPx } from "./history-row.tsx";
import { useShownVersions } from "./shown-versions.ts";
import { VersionDialogs, type VersionDialog } from "./version-dialogs.tsx";
import { useVersionOfCommit } from "./version-of-commit.ts";
import { useVersionSelection } from "./version-selection.ts";

// Only shown in wide windows; the list does not wait for it.
const VersionPreview = lazyPart(() => import("./version-preview.tsx").then((module) => module.VersionPreview));

/** In narrower windows, the list takes the whole width. */
const previewFromPx = 1_400;

/** The assumed height until the list is measured. */
const firstWindowPx = 480;

/** All versions as virtualized rows. `isComplete` is false while older ones are loading. */
export function VersionTree({
  projectId,
  versions,
  isComplete,
}: {
  projectId: ProjectId;
  versions: GenerationOutput[];
  isComplete: boolean;
}) {
  const router = useRouter();
  const bookmark = useBookmark();
  const [filter, setFilter] = useState(noFilter);
  const [isPathOnly, setIsPathOnly] = useState(false);
  const [toggledAt, setToggledAt] = useState<ReadonlySet<GenerationId>>(new Set());
  const [picked, setPicked] = useState<GenerationId[]>([]);
  const [dialog, setDialog] = useState<VersionDialog | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const head = versions.find(({ isHead }) => isHead) ?? null;
  const ofCommit = useVersionOfCommit({ projectId, text: filter.text });
  const { shown, byId, relations, branches, branchNames, hiddenCounts, lanes, days, candidatesAt, foldedAt } =
    useShownVersions({
      versions,
      filter,
      ofCommit,
      toggledAt,
      isPathOnly,
    });
  const { current, selected, select, moveTo, focusSelected } = useVersionSelection({
    shown,
    isComplete,
    list,
    scrollTo: (index, align) => scrollTo(index, align),
  });
  const { rows, attach, scrollTo } = useRowWindow({
    count: shown.length,
    rowHeightPx: historyRowHeightPx,
    firstHeightPx: firstWindowPx,
    pinned: current,
  });
  const checkMarks = useCheckMarks({
    projectId,
    generationIds: shown.map(({ generationId }) => generationId),
    rows,
  });
  const hasPreview = useIsAtLeast(previewFromPx);
  const pick = (id: GenerationId) =>
    setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before.slice(-1), id]));
  const isBranchPoint = (index: number) => relations.get(shown[index]?.generationId ?? "")?.includes("branch") === true;
  const toBranchPoint = (by: 1 | -1) => {
    for (let index = current + by; index >= 0 && index < shown.length; index += by)
      if (isBranchPoint(index)) return moveTo(index);
  };
  /** Folds or unfolds the branches that begin at a version. */
  const toggleBranches = (place: GenerationId) => {
    const folded = new Set(isPathOnly ? branches.values() : foldedAt);
    if (!folded.delete(place)) folded.add(place);
    setIsPathOnly(false);
    setToggledAt(toggleAll({ places: candidatesAt, toggled: folded }));
  };
  const foldBranch = (version: GenerationOutput) => {
    const place = branches.get(version.generationId);
    if (
      place === undefined ||
      (!hiddenCounts.has(place) &&
        !versions.some(({ generationId }) => generationId !== place && branches.get(generationId) === place))
    )
      return;
    toggleBranches(place);
    const onPath = byId.get(place);
    if (onPath !== undefined) select(onPath);
  };
  const compare = () => {
    const pair = picked.flatMap((id) => byId.get(id) ?? []).toSorted((a, b) => a.version - b.version);
    const [base, other] = pair;
    if (base !== undefined && other !== undefined)
      router.push(compareHref({ projectId, base: base.generationId, head: other.generationId }));
  };
  const clearText = () => {
    setFilter({ ...filter, text: "" });
    focusSelected();
  };
  useHistoryKeys({
    projectId,
    selected,
    pickedCount: picked.length,
    moveBy: (by) => moveTo(current + by),
    toBranchPoint,
    select,
    pick,
    compare,
    foldBranch,
    bookmark,
    focusFilter: () => filterInput.current?.focus(),
    rollBack: (target) => setDialog({ name: "rollback", target }),
  });

  // Deferred, so that fast navigation in the list stays responsive.
  const previewed = useDeferredValue(selected);
  return (
    <>
      <HistoryFilters
        filter={filter}
        onChange={setFilter}
        isPathOnly={isPathOnly}
        onPathOnlyChange={setIsPathOnly}
        selected={selected ?? null}
        inputRef={filterInput}
        onLeave={() => moveTo(current)}
        onClear={clearText}
      />
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-sm text-muted">
          {describeCount({ shownCount: shown.length, count: versions.length, isComplete })}
        </p>
        <ComparePicked pickedCount={picked.length} onCompare={compare} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No version fits the filter"
          action={<Button onClick={() => setFilter(noFilter)}>Clear filter</Button>}
        />
      ) : (
        <div className="grid items-start gap-3 min-[1400px]:grid-cols-[minmax(0,1fr)_340px]">
          <div
            ref={attach}
            className="max-h-[max(15rem,calc(var(--app-height)-276px))] overflow-y-auto rounded-md border"
          >
            <ul
              ref={list}
              aria-label="Versions"
              className="relative"
              style={{ height: shown.length * historyRowHeightPx }}
            >
              {rows.map((index) => {
                const generation = shown[index];
                if (generation === undefined) return null;
                return (
                  <HistoryRow
                    key={generation.generationId}
                    projectId={projectId}
                    generation={generation}
                    head={head}
                    source={
                      generation.sourceGenerationId === null ? null : (byId.get(generation.sourceGenerationId) ?? null)
                    }
                    lane={lanes.get(generation.generationId) ?? null}
                    relation={relations.get(generation.generationId) ?? ""}
                    checkMark={checkMarks.get(generation.generationId) ?? null}
                    branchName={branchNames.get(generation.generationId) ?? null}
                    hiddenCount={hiddenCounts.get(generation.generationId) ?? 0}
                    day={days.get(generation.generationId) ?? null}
                    topPx={index * historyRowHeightPx}
                    isCurrent={index === current}
                    isPicked={picked.includes(generation.generationId)}
                    onSelect={() => select(generation)}
                    onPick={() => pick(generation.generationId)}
                    onRollBack={() => setDialog({ name: "rollback", target: generation })}
                    onRestoreFiles={() => setDialog({ name: "restore", target: generation })}
                    onLabel={() => setDialog({ name: "label", target: generation })}
                    onBookmark={() => bookmark(generation)}
                    onUnfold={() => toggleBranches(generation.generationId)}
                  />
                );
              })}
            </ul>
          </div>
          {hasPreview && previewed !== undefined && <VersionPreview projectId={projectId} generation={previewed} />}
        </div>
      )}
      <VersionDialogs projectId={projectId} dialog={dialog} head={head} onClose={() => setDialog(null)} />
    </>
  );
}

function ComparePicked({ pickedCount, onCompare }: { pickedCount: number; onCompare: () => void }) {
  const isPair = pickedCount === 2;
  return (
    <div className="ml-auto flex items-center gap-3">
      <span className="text-sm text-muted">
        {isPair ? "" : pickedCount === 1 ? "Select one more to compare." : "Select two versions to compare them."}
      </span>
      <Button look={isPair ? "primary" : "secondary"} disabled={!isPair} onClick={onCompare}>
        <GitCompare aria-hidden />
        Compare
      </Button>
    </div>
  );
}

function describeCount({
  shownCount,
  count,
  isComplete,
}: {
  shownCount: number;
  count: number;
  isComplete: boolean;
}): string {
  if (count === 1) return "One version so far.";
  const shown =
    shownCount === count
      ? `${formatCount(count)} versions`
      : `${formatCount(shownCount)} of ${formatCount(count)} versions`;
  return isComplete ? shown : `${shown}, older ones are loading`;
}
