"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { GitCompare } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { RollbackDialog } from "../generation/rollback-dialog.tsx";
import { compareHref, generationHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useHotkeys } from "../ui/hotkeys.ts";
import { Input } from "../ui/input.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useAllGenerations } from "./all-generations.ts";
import { describeRelations } from "./describe-relation.ts";
import { HistoryRow, historyRowHeightPx } from "./history-row.tsx";
import { layOutLanes } from "./lay-out-lanes.ts";

/** The version tree of a project: look at any version, compare any two, go back to any. */
export function HistoryScreen({ projectId }: { projectId: ProjectId }) {
  const { items, error, retry } = useAllGenerations(projectId);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 px-4 py-4">
      <PageTitle text="History" />
      <h1 className="text-xl font-semibold">History</h1>
      {error !== null && <ErrorState error={error} onRetry={retry} />}
      {items === null ? (
        error === null && (
          <div aria-busy className="flex flex-col rounded-md border">
            {Array.from({ length: 10 }, (_, index) => (
              <div key={index} className="flex h-14 items-center gap-4 border-b px-4 last:border-b-0">
                <Skeleton className="size-3 rounded-full" />
                <Skeleton className="h-4 w-10" />
                <Skeleton className="h-4 w-80 max-w-full" />
              </div>
            ))}
          </div>
        )
      ) : items.length === 0 ? (
        <EmptyState title="No version yet">A run makes the first one.</EmptyState>
      ) : (
        <VersionTree projectId={projectId} versions={items} />
      )}
    </div>
  );
}

function VersionTree({ projectId, versions }: { projectId: ProjectId; versions: GenerationOutput[] }) {
  const router = useRouter();
  const [filter, setFilter] = useState("");
  const [current, setCurrent] = useState(0);
  const [picked, setPicked] = useState<GenerationId[]>([]);
  const [target, setTarget] = useState<GenerationOutput | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const head = versions.find(({ isHead }) => isHead) ?? null;
  const relations = useMemo(() => describeRelations(versions), [versions]);
  const lanes = useMemo(() => new Map(layOutLanes(versions.map(({ generationId, parentGenerationIds }) => ({ id: generationId, parentIds: parentGenerationIds }))).map((row) => [row.id, row])), [versions]);
  const wanted = filter.trim().toLowerCase();
  const shown = versions.filter(({ prompt, kind, version }) => wanted === "" || `v${version} ${kind} ${prompt ?? ""}`.toLowerCase().includes(wanted));
  const virtualizer = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => historyRowHeightPx, overscan: 12 });
  const selected = shown[Math.min(current, shown.length - 1)];

  const move = (by: 1 | -1) => {
    const next = Math.max(0, Math.min(shown.length - 1, current + by));
    setCurrent(next);
    virtualizer.scrollToIndex(next);
  };
  const pick = (id: GenerationId) => setPicked((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before.slice(-1), id]));
  const compare = () => {
    const pair = versions.filter(({ generationId }) => picked.includes(generationId)).toSorted((a, b) => a.version - b.version);
    const [base, other] = pair;
    if (base !== undefined && other !== undefined) router.push(compareHref({ projectId, base: base.generationId, head: other.generationId }));
  };

  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => selected !== undefined && pick(selected.generationId),
    r: () => selected !== undefined && !selected.isHead && setTarget(selected),
    Enter: (event) => {
      const isElsewhere = event.target instanceof HTMLElement && event.target.closest("a, button") !== null;
      if (!isElsewhere && selected !== undefined) router.push(generationHref({ projectId, generationId: selected.generationId }));
    },
  });

  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Input value={filter} onChange={(event) => setFilter(event.target.value)} placeholder="Filter by prompt or version" aria-label="Filter versions" className="max-w-80" />
        <span className="text-sm text-muted">{versions.length === 1 ? "One version so far." : `${versions.length} versions`}</span>
        <div className="ml-auto flex items-center gap-3">
          <span className="text-sm text-muted">{picked.length === 2 ? "" : "Select two versions to compare them."}</span>
          <Button look={picked.length === 2 ? "primary" : "secondary"} disabled={picked.length !== 2} onClick={compare}>
            <GitCompare aria-hidden />
            Compare
          </Button>
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No version fits the filter" action={<Button onClick={() => setFilter("")}>Clear filter</Button>} />
      ) : (
        <div ref={scroller} className="max-h-[calc(100dvh-220px)] overflow-y-auto rounded-md border">
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
                  source={versions.find(({ generationId }) => generationId === generation.sourceGenerationId) ?? null}
                  lane={wanted === "" ? (lanes.get(generation.generationId) ?? null) : null}
                  relation={relations.get(generation.generationId) ?? ""}
                  topPx={start}
                  isCurrent={index === current}
                  isPicked={picked.includes(generation.generationId)}
                  onPick={() => pick(generation.generationId)}
                  onRollBack={() => setTarget(generation)}
                />
              );
            })}
          </ul>
        </div>
      )}
      {target !== null && head !== null && <RollbackDialog projectId={projectId} target={target} head={head} open onOpenChange={(isOpen) => !isOpen && setTarget(null)} />}
    </>
  );
}
