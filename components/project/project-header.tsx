"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams, usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/project.ts";
import { isActive } from "#lib/contracts/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { OpenFile } from "../files/open-file.tsx";
import { RunStatusLabel } from "../run/run-status.tsx";
import { cn } from "../ui/class-names.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { hasActiveRun } from "./active-run.ts";
import { editHref, filesHref, generationHref, historyHref, projectHref, runHref, schemaHref } from "./project-href.ts";
import { ProjectKeys } from "./project-keys.tsx";

const activePollMs = 3_000;

/** Stands above all pages of a project. The pages bring their own `h1`. */
export function ProjectHeader({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const project = useQuery(
    trpc.project.get.queryOptions({ projectId }, { refetchInterval: ({ state }) => (state.data !== undefined && hasActiveRun(state.data) ? activePollMs : false) }),
  );
  return (
    <div className="border-b px-4 pt-3">
      {project.error !== null && project.data === undefined && (
        <div className="pb-3">
          <ErrorState error={project.error} onRetry={() => void project.refetch()} />
        </div>
      )}
      {project.data === undefined ? project.error === null && <HeaderSkeleton /> : <HeaderContent project={project.data} />}
    </div>
  );
}

function HeaderContent({ project }: { project: ProjectOutput }) {
  const { projectId, name, headGenerationId, headVersion, lastRun } = project;
  return (
    <>
      <div className="flex h-7 min-w-0 items-center gap-3">
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
        {lastRun !== null && isActive(lastRun.status) && (
          <Link href={runHref({ projectId, runId: lastRun.runId })} className="inline-flex h-6 shrink-0 items-center rounded-sm px-1 text-xs text-muted hover:text-foreground">
            <RunStatusLabel status={lastRun.status} />
          </Link>
        )}
      </div>
      <ProjectTabs project={project} />
    </>
  );
}

/** Overview, files and schema stay at the version that is looked at; elsewhere they mean the active one. */
function ProjectTabs({ project: { projectId, headGenerationId } }: { project: ProjectOutput }) {
  const pathname = usePathname();
  const { generation } = useParams<{ generation?: string }>();
  const generationId = (generation as GenerationId | undefined) ?? headGenerationId;
  const place = generationId === null ? null : { projectId, generationId };
  const filesPath = place === null ? "" : filesHref(place);
  return (
    <>
      {place !== null && (
        <>
          <OpenFile {...place} />
          <ProjectKeys {...place} />
        </>
      )}
      <nav aria-label="Project" className="mt-1 flex gap-1 overflow-x-auto">
        {place !== null && (
          <>
            <TabLink href={generationHref(place)} isCurrent={pathname === generationHref(place)}>
              Overview
            </TabLink>
            <TabLink href={filesPath} isCurrent={[filesPath, editHref(place)].some((path) => pathname === path || pathname.startsWith(`${path}/`))}>
              Files
            </TabLink>
            <TabLink href={schemaHref(place)} isCurrent={pathname === schemaHref(place)}>
              Schema
            </TabLink>
          </>
        )}
        <TabLink href={historyHref(projectId)} isCurrent={pathname === historyHref(projectId)}>
          History
        </TabLink>
      </nav>
    </>
  );
}

function TabLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex h-8 shrink-0 items-center border-b-2 px-2 text-sm -outline-offset-2",
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
        <Skeleton className="h-4 w-10" />
        <Skeleton className="h-4 w-14" />
        <Skeleton className="h-4 w-14" />
      </div>
    </div>
  );
}
