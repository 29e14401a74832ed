"use client";

import { useQuery } from "@tanstack/react-query";
import { ListTree, PanelLeftClose, Rows3 } from "lucide-react";
import { useCallback, useState } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { runsHref } from "#lib/hrefs.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/class-names.ts";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Link } from "../../ui/link.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { useStoredText } from "../../ui/hooks/stored-text.ts";
import { useWorkbench } from "../workbench-context.tsx";
import { useWorkbenchPlace } from "../workbench-place.ts";
import { DockedComposer } from "../docked-composer.tsx";
import type { ThreadLook } from "./entry-lines.ts";
import { isEntryShown } from "./entry-place.ts";
import { useThreadEntries } from "./thread-entries.ts";
import { ThreadList } from "./thread-list.tsx";

/** A project's history in order, and below it the prompt for the next version. */
export function ThreadPanel({ projectId, className }: { projectId: ProjectId; className?: string }) {
  const trpc = useTRPC();
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const place = useWorkbenchPlace(project);
  const { toggleThread } = useWorkbench();
  const [storedLook, setLook] = useStoredText("graft.thread.look");
  const look: ThreadLook = storedLook === "compact" ? "compact" : "full";
  const [areRunsOnly, setAreRunsOnly] = useState(false);
  const thread = useThreadEntries({ projectId, project, areRunsOnly });
  const { entries, error, hasNextPage, isFetchingNextPage, fetchNextPage, waitingCount } = thread;
  const canFetch = hasNextPage && !isFetchingNextPage && error === null;
  const readOlder = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const shown = entries?.findIndex((entry) => isEntryShown({ entry, ...place })) ?? -1;
  const isCompact = look === "compact";
  return (
    <section
      aria-label="Thread"
      className={cn(
        "flex min-h-0 flex-col bg-background max-md:h-[calc(var(--app-height)-125px)] md:max-[899px]:h-[calc(var(--app-height)-77px)] min-[900px]:sticky min-[900px]:top-0 min-[900px]:h-(--app-height) min-[900px]:border-r",
        className,
      )}
    >
      <header className="flex h-9 shrink-0 items-center gap-1 border-b bg-surface pr-1 pl-3">
        <h2 className="min-w-0 flex-1 truncate text-sm font-medium">Thread</h2>
        <Button
          size="sm"
          look={areRunsOnly ? "secondary" : "ghost"}
          aria-pressed={areRunsOnly}
          title="Only runs without a version: waiting, running, failed, cancelled"
          onClick={() => setAreRunsOnly(!areRunsOnly)}
        >
          Runs
          {waitingCount > 0 && (
            <span className="rounded-sm bg-caution-surface px-1 text-xs text-caution">
              {waitingCount}
              <span className="sr-only"> waiting for you</span>
            </span>
          )}
        </Button>
        <Button
          size="icon-sm"
          look="ghost"
          aria-pressed={isCompact}
          aria-label="One line each"
          title="One line each"
          onClick={() => setLook(isCompact ? null : "compact")}
        >
          {isCompact ? <Rows3 aria-hidden /> : <ListTree aria-hidden />}
        </Button>
        <Button size="icon-sm" look="ghost" aria-label="Hide thread" title="Hide thread ( \ )" onClick={toggleThread}>
          <PanelLeftClose aria-hidden />
        </Button>
      </header>
      {areRunsOnly && (
        <Link
          href={runsHref(projectId)}
          className="flex h-7 shrink-0 items-center border-b px-3 text-xs text-muted underline hover:text-foreground"
        >
          All runs, with tokens and costs
        </Link>
      )}
      {error !== null && (
        <div className="p-2">
          <ErrorState error={error} onRetry={() => void (entries === null ? thread.refetch() : fetchNextPage())} />
        </div>
      )}
      {entries !== null && entries.length === 0 ? (
        <p className="flex min-h-0 flex-1 items-center justify-center px-6 text-center text-sm text-muted">
          {areRunsOnly ? "No run is waiting, running or failed." : "Nothing happened yet."}
        </p>
      ) : entries !== null ? (
        <ThreadList
          projectId={projectId}
          entries={entries}
          look={look}
          shown={shown}
          onOlder={canFetch ? readOlder : null}
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-hidden">{error === null && <ThreadSkeleton />}</div>
      )}
      <DockedComposer projectId={projectId} project={project} generationId={place.generationId} />
    </section>
  );
}

function ThreadSkeleton() {
  return (
    <div aria-busy className="flex h-full flex-col justify-end">
      <p className="sr-only">Loading the thread</p>
      {Array.from({ length: 5 }, (_, index) => (
        <div key={index} className="flex h-24 shrink-0 flex-col gap-2 border-b px-3 py-2">
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-3 w-3/5" />
        </div>
      ))}
    </div>
  );
}
