"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { OpenFile } from "../files/open-file.tsx";
import { RunStatusLabel } from "../run/run-status.tsx";
import { useWatchActiveRun } from "../run/ends/watched-runs.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/class-names.ts";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { SearchFiles } from "../search/search-files.tsx";
import { hasActiveRun } from "./active-run.ts";
import { generationHref, historyHref, projectHref, runHref } from "#lib/hrefs.ts";
import { workTabs } from "../workbench/work-tabs.ts";
import { useWorkbench } from "../workbench/workbench-context.tsx";
import { useWorkbenchPlace } from "../workbench/workbench-place.ts";
import { WaitingRuns } from "./waiting-runs.tsx";
import { ProjectKeys } from "./project-keys.tsx";

const activePollMs = 3_000;

/** The header of all pages of a project. The pages have their own `h1`. */
export function ProjectHeader({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const project = useQuery(
    trpc.project.get.queryOptions(
      { projectId },
      { refetchInterval: ({ state }) => (state.data !== undefined && hasActiveRun(state.data) ? activePollMs : false) },
    ),
  );
  return (
    <div className="border-b px-4 pt-3">
      {project.error !== null && project.data === undefined && (
        <div className="pb-3">
          <ErrorState error={project.error} onRetry={() => void project.refetch()} />
        </div>
      )}
      {project.data === undefined ? (
        project.error === null && <HeaderSkeleton />
      ) : (
        <HeaderContent project={project.data} />
      )}
    </div>
  );
}

function HeaderContent({ project }: { project: ProjectOutput }) {
  const { projectId, name, headGenerationId, headVersion, lastRun } = project;
  useWatchActiveRun(lastRun);
  return (
    <>
      <div className="flex h-7 min-w-0 items-center gap-3">
        <ThreadSwitch />
        <Link href={projectHref(projectId)} className="min-w-0 truncate font-semibold">
          {name}
        </Link>
        {headGenerationId !== null && (
          <Link
            href={generationHref({ projectId, generationId: headGenerationId })}
            className="inline-flex h-6 shrink-0 items-center rounded-sm bg-hover px-2 text-xs font-medium text-muted hover:text-foreground"
          >
            active: v{headVersion}
          </Link>
        )}
        <WaitingRuns project={project} />
        {lastRun !== null && lastRun.status !== "SUCCEEDED" && lastRun.status !== "NEEDS_REVIEW" && (
          <Link
            href={runHref({ projectId, runId: lastRun.runId })}
            className={cn(
              "inline-flex h-6 shrink-0 items-center rounded-sm px-1 text-xs text-muted hover:text-foreground",
              project.waitingRuns !== null && "max-sm:hidden",
            )}
          >
            <span className="sr-only">Last run: </span>
            <RunStatusLabel status={lastRun.status} />
          </Link>
        )}
      </div>
      <ProjectTabs project={project} />
    </>
  );
}

/** If the thread is collapsed, or on narrow windows its own view. */
function ThreadSwitch() {
  const { isThreadShown, isThreadViewed, toggleThread } = useWorkbench();
  return (
    <Button
      size="icon-sm"
      look="ghost"
      aria-label={isThreadViewed ? "Back from the thread" : "Show thread"}
      title="Thread ( \\ )"
      aria-pressed={isThreadViewed}
      onClick={toggleThread}
      className={isThreadShown ? "min-[900px]:hidden" : undefined}
    >
      <MessagesSquare aria-hidden />
    </Button>
  );
}

/** The tabs keep the version in view, in a comparison its head; elsewhere they refer to the active one. */
function ProjectTabs({ project }: { project: ProjectOutput }) {
  const { projectId } = project;
  const pathname = usePathname();
  const { generationId, isComparing } = useWorkbenchPlace(project);
  const hasParent = useHasParent({ project, generationId });
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // A narrow window scrolls the tabs; this scrolls the current one into view.
    const current = tabs.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tabs.current !== null && current)
      tabs.current.scrollLeft =
        current.offsetLeft - tabs.current.offsetLeft - (tabs.current.clientWidth - current.offsetWidth) / 2;
  }, [pathname, generationId, hasParent]);
  const place = generationId === null ? null : { projectId, generationId };
  return (
    <>
      {place !== null && (
        <>
          <OpenFile {...place} />
          <SearchFiles {...place} />
          <ProjectKeys {...place} />
        </>
      )}
      <nav ref={tabs} aria-label="Project" className="mt-1 flex gap-0.5 overflow-x-auto sm:gap-1">
        {place !== null &&
          workTabs.map(({ name, href, isAt, needsParent = false }) => {
            const isOfComparison = needsParent && isComparing;
            if (needsParent && !hasParent && !isComparing) return null;
            return (
              <TabLink
                key={name}
                href={needsParent && !hasParent ? pathname : href(place)}
                isCurrent={isOfComparison || isAt({ pathname, place })}
              >
                {name}
              </TabLink>
            );
          })}
        <TabLink href={historyHref(projectId)} isCurrent={pathname === historyHref(projectId)}>
          History
        </TabLink>
      </nav>
    </>
  );
}

/**
 * Only the first version of a project has no parent, so the number of the active one decides. Assumed until known,
 * because most have one.
 */
function useHasParent({
  project: { headGenerationId, headVersion },
  generationId,
}: {
  project: ProjectOutput;
  generationId: GenerationId | null;
}): boolean {
  const trpc = useTRPC();
  const isHead = generationId === headGenerationId;
  const { data } = useQuery(
    trpc.generation.summary.queryOptions(generationId === null || isHead ? skipToken : { generationId }),
  );
  return isHead ? headVersion !== 1 : data === undefined || data.parentGenerationIds.length > 0;
}

function TabLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex h-8 shrink-0 items-center border-b-2 px-1.5 text-sm -outline-offset-2 sm:px-2",
        isCurrent ? "border-accent text-foreground" : "border-transparent text-muted hover:text-foreground",
      )}
    >
      {children}
    </Link>
  );
}

function HeaderSkeleton() {
  return (
    <div aria-busy>
      <div className="flex h-7 items-center gap-3">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-6 w-20" />
      </div>
      <div className="mt-1 flex h-8 items-center gap-4 px-2">
        <Skeleton className="h-4 w-16" />
        <Skeleton className="h-4 w-14" />
        <Skeleton className="h-4 w-10" />
        <Skeleton className="h-4 w-14" />
        <Skeleton className="h-4 w-14" />
        <Skeleton className="h-4 w-10" />
      </div>
    </div>
  );
}
