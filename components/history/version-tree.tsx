"use client";

import { GitCompare } from "lucide-react";
import { useDeferredValue, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { useCheckMarks } from "../checks/check-marks.ts";
import { useBookmark } from "../generation/generation-mark.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { useHistoryKeys } from "./history-keys.ts";
import { lazyPart } from "../ui/states/lazy-part.tsx";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import { noFilter } from "./filter-versions.ts";
import { HistoryFilters } from "./history-filters.tsx";
import { HistoryRow, historyRowHeightPx } from "./history-row.tsx";
import { usePickedVersions, type PickedVersions } from "./picked-versions.ts";
import { useShownVersions, type ShownVersions } from "./shown-versions.ts";
import { VersionDialogs, type VersionDialog } from "./version-dialogs.tsx";
import { useVersionOfCommit } from "./version-of-commit.ts";
import { useVersionSelection, type VersionSelection } from "./version-selection.ts";

// Only shown in wide windows; the list does not wait for it.
const VersionPreview = lazyPart(() => import("./version-preview.tsx").then((module) => module.VersionPreview));

/** In narrower windows, the list takes the whole width. */
const previewFromPx = 1_400;

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
  const bookmark = useBookmark();
  const [filter, setFilter] = useState(noFilter);
  const [dialog, setDialog] = useState<VersionDialog | null>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const head = versions.find(({ isHead }) => isHead) ?? null;
  const ofCommit = useVersionOfCommit({ projectId, text: filter.text });
  const tree = useShownVersions({ versions, filter, ofCommit });
  const { shown } = tree;
  const selection = useVersionSelection({ shown, isComplete });
  const { current, selected, select, moveTo } = selection;
  const picks = usePickedVersions({ projectId, byId: tree.byId });
  const hasPreview = useIsAtLeast(previewFromPx);
  const isBranchPoint = (index: number) => {
    const version = shown[index];
    return version !== undefined && tree.placeOf(version).relation.includes("branch");
  };
  const toBranchPoint = (by: 1 | -1) => {
    for (let index = current + by; index >= 0 && index < shown.length; index += by)
      if (isBranchPoint(index)) return moveTo(index);
  };
  const foldBranch = (version: GenerationOutput) => {
    const place = tree.toggleBranchOf(version);
    if (place !== undefined) select(place);
  };
  const clearText = () => {
    setFilter({ ...filter, text: "" });
    selection.focusSelected();
  };
  useHistoryKeys({
    projectId,
    selected,
    pickedCount: picks.picked.length,
    moveBy: (by) => moveTo(current + by),
    toBranchPoint,
    select,
    pick: picks.pick,
    compare: picks.compare,
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
        isPathOnly={tree.isPathOnly}
        onPathOnlyChange={tree.setIsPathOnly}
        selected={selected ?? null}
        inputRef={filterInput}
        onLeave={() => moveTo(current)}
        onClear={clearText}
      />
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-sm text-muted">
          {describeCount({ shownCount: shown.length, count: versions.length, isComplete })}
        </p>
        <ComparePicked pickedCount={picks.picked.length} onCompare={picks.compare} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No version fits the filter"
          action={<Button onClick={() => setFilter(noFilter)}>Clear filter</Button>}
        />
      ) : (
        <div className="grid items-start gap-3 min-[1400px]:grid-cols-[minmax(0,1fr)_340px]">
          <VersionList
            projectId={projectId}
            head={head}
            tree={tree}
            selection={selection}
            picks={picks}
            onBookmark={bookmark}
            onOpen={setDialog}
          />
          {hasPreview && previewed !== undefined && <VersionPreview projectId={projectId} generation={previewed} />}
        </div>
      )}
      <VersionDialogs projectId={projectId} dialog={dialog} head={head} onClose={() => setDialog(null)} />
    </>
  );
}

function VersionList({
  projectId,
  head,
  tree: { shown, placeOf, toggleBranches },
  selection: { list, rows, attach, current, select },
  picks: { picked, pick },
  onBookmark,
  onOpen,
}: {
  projectId: ProjectId;
  head: GenerationOutput | null;
  tree: ShownVersions;
  selection: VersionSelection;
  picks: PickedVersions;
  onBookmark: (generation: GenerationOutput) => void;
  onOpen: (dialog: VersionDialog) => void;
}) {
  const checkMarks = useCheckMarks({
    projectId,
    generationIds: shown.map(({ generationId }) => generationId),
    rows,
  });
  return (
    <div ref={attach} className="max-h-[max(15rem,calc(var(--app-height)-276px))] overflow-y-auto rounded-md border">
      <ul ref={list} aria-label="Versions" className="relative" style={{ height: shown.length * historyRowHeightPx }}>
        {rows.map((index) => {
          const generation = shown[index];
          if (generation === undefined) return null;
          const { generationId } = generation;
          return (
            <HistoryRow
              key={generationId}
              projectId={projectId}
              generation={generation}
              head={head}
              {...placeOf(generation)}
              checkMark={checkMarks.get(generationId) ?? null}
              topPx={index * historyRowHeightPx}
              isCurrent={index === current}
              isPicked={picked.includes(generationId)}
              onSelect={() => select(generation)}
              onPick={() => pick(generationId)}
              onRollBack={() => onOpen({ name: "rollback", target: generation })}
              onRestoreFiles={() => onOpen({ name: "restore", target: generation })}
              onLabel={() => onOpen({ name: "label", target: generation })}
              onBookmark={() => onBookmark(generation)}
              onUnfold={() => toggleBranches(generationId)}
            />
          );
        })}
      </ul>
    </div>
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
