"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useRef, useState } from "react";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { hasActiveRun } from "./active-run.ts";
import { ImportProject } from "../import/import-project.tsx";
import { projectPage } from "./project-page.ts";
import { ProjectRow, projectRowGrid } from "./project-row.tsx";
import { projectOrders, sortProjects, type ProjectOrder } from "./sort-projects.ts";

// Loaded on demand: only users without a project see it here.
const CreateComposer = dynamic(
  () => import("../composer/create-composer.tsx").then((module) => module.CreateComposer),
  {
    loading: () => <Skeleton className="h-72 w-full" />,
  },
);

const ArchivedProjects = dynamic(() => import("./archived-projects.tsx").then((module) => module.ArchivedProjects), {
  loading: () => <Skeleton className="h-32 w-full" />,
});

const activePollMs = 3_000;
const skeletonRows = 6;

/**
 * All projects, or the start page if there are none. The server filters, so that projects on later pages are found too.
 */
export function ProjectListScreen() {
  const trpc = useTRPC();
  const [filter, setFilter] = useState("");
  const query = filter.trim();
  const projects = useInfiniteQuery(
    trpc.project.list.infiniteQueryOptions(
      { ...projectPage, ...(query === "" ? {} : { query }) },
      {
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ items }) => items.some(hasActiveRun)) === true ? activePollMs : false,
        // Keeps the rows until new ones arrive.
        placeholderData: keepPreviousData,
      },
    ),
  );
  const showsArchived = useSearchParams().get("archived") === "true";
  const items = projects.data?.pages.flatMap((page) => page.items);
  const isEmpty = items?.length === 0 && query === "" && !projects.isPlaceholderData;
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="flex-1 text-xl font-semibold max-sm:basis-full">Projects</h1>
        <Button
          look="ghost"
          aria-pressed={showsArchived}
          onClick={() => window.history.replaceState(null, "", showsArchived ? "/" : "/?archived=true")}
        >
          {showsArchived ? "Hide archived" : "Show archived"}
        </Button>
        {!isEmpty && (
          <>
            {/* Below all rows. */}
            <a href="#import-project" className={buttonClass()}>
              Import
            </a>
            <Link href="/new" className={buttonClass({ look: "primary" })}>
              <Plus aria-hidden />
              New project
            </Link>
          </>
        )}
      </div>
      {projects.error !== null && (items === undefined || projects.isPlaceholderData) && (
        <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />
      )}
      {items === undefined && projects.error === null && <ListSkeleton />}
      {isEmpty && <FirstProject />}
      {items !== undefined && !isEmpty && (
        <>
          <ProjectTable
            projects={items}
            filter={filter}
            onFilterChange={setFilter}
            isAnswered={!projects.isPlaceholderData}
            hasMore={projects.hasNextPage}
          />
          {projects.hasNextPage && (
            <Button
              className="self-center"
              onClick={() => void projects.fetchNextPage()}
              isPending={projects.isFetchingNextPage}
            >
              Show more
            </Button>
          )}
          <ImportProject />
        </>
      )}
      {showsArchived && <ArchivedProjects query={query} />}
    </div>
  );
}

function FirstProject() {
  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-2xl text-muted">
        There is no project yet. Describe one, and Graft writes its files as v1. Each further prompt makes a new version
        from one that you choose; everything else stays unchanged.
      </p>
      <CreateComposer />
      <ImportProject />
    </div>
  );
}

function ProjectTable({
  projects,
  filter,
  onFilterChange,
  isAnswered,
  hasMore,
}: {
  projects: ProjectOutput[];
  filter: string;
  onFilterChange: (filter: string) => void;
  /** False while the projects are those of the previous filter. */
  isAnswered: boolean;
  hasMore: boolean;
}) {
  const [order, setOrder] = useState<ProjectOrder>("updated");
  const filterInput = useRef<HTMLInputElement>(null);
  useHotkeys({
    "/": (event) => {
      event.preventDefault();
      filterInput.current?.focus();
    },
  });
  const shown = sortProjects({ projects, order });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Input
          ref={filterInput}
          type="search"
          aria-label="Filter projects"
          placeholder="Filter by name or prompt  ( / )"
          value={filter}
          onChange={(event) => onFilterChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onFilterChange("");
          }}
          className="max-w-80"
        />
        <Select
          label="Order"
          isLabelHidden
          value={order}
          options={projectOrders}
          onChange={setOrder}
          className="w-44"
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No project matches."
          action={<Button onClick={() => onFilterChange("")}>Clear filter</Button>}
        />
      ) : (
        <div role="table" aria-label="Projects" className="rounded-md border">
          <div role="row" className={`${projectRowGrid} hidden border-b bg-surface py-1.5 text-xs text-muted md:grid`}>
            <span role="columnheader">Name and last prompt</span>
            <span role="columnheader">Active</span>
            <span role="columnheader">Last run</span>
            <span role="columnheader">Versions</span>
            <span role="columnheader">Cost</span>
            <span role="columnheader">Updated</span>
            <span role="columnheader" className="sr-only">
              Actions
            </span>
          </div>
          {shown.map((project) => (
            <ProjectRow key={project.projectId} project={project} />
          ))}
        </div>
      )}
      <p role="status" className="sr-only">
        {filter.trim() === "" || !isAnswered
          ? ""
          : shown.length === 1
            ? "1 project found"
            : `${hasMore ? "More than " : ""}${shown.length} projects found`}
      </p>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <p className="sr-only">Loading projects</p>
      <Skeleton className="h-8 w-80 max-w-full" />
      <div className="rounded-md border">
        <div className="hidden h-7.25 border-b bg-surface md:block" />
        {Array.from({ length: skeletonRows }, (_, index) => (
          <div key={index} className="flex h-15 items-center md:h-12 gap-4 border-b px-3 last:border-b-0">
            <div className="flex-1">
              <Skeleton className="h-4 w-48" />
              <Skeleton className="mt-1.5 h-3 w-80 max-w-full" />
            </div>
            <Skeleton className="h-4 w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
