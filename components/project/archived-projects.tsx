"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { projectHref } from "#lib/hrefs.ts";
import { useUnarchive } from "./unarchive.ts";

const pageSize = 100;

/** The archived projects that match the list's filter. All their versions are kept, and each can be restored. */
export function ArchivedProjects({ query }: { query: string }) {
  const trpc = useTRPC();
  const { unarchive, isPending } = useUnarchive();
  const projects = useInfiniteQuery(
    trpc.project.list.infiniteQueryOptions(
      { limit: pageSize, isArchived: true, query },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const items = projects.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-labelledby="archived" className="flex flex-col gap-3">
      <h2 id="archived" className="text-lg font-semibold">
        Archived
      </h2>
      {projects.error !== null && items === undefined && (
        <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />
      )}
      {items === undefined && projects.error === null && <Skeleton className="h-32 w-full" />}
      {items?.length === 0 &&
        (query === "" ? (
          <EmptyState title="No project is archived">
            Archive a project in its menu to remove it from the list. Nothing is deleted.
          </EmptyState>
        ) : (
          <EmptyState title="No archived project matches." />
        ))}
      {items !== undefined && items.length > 0 && (
        <ul aria-label="Archived projects" className="rounded-md border">
          {items.map((project) => (
            <li
              key={project.projectId}
              className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 last:border-b-0"
            >
              <Link
                href={projectHref(project.projectId)}
                className="min-w-40 flex-1 truncate font-medium hover:underline"
              >
                {project.name}
              </Link>
              <span className="text-sm text-muted">
                {project.generationCount === 1 ? "1 version" : `${project.generationCount} versions`}
              </span>
              <RelativeTime at={project.updatedAt} className="text-sm text-muted" />
              <Button
                size="sm"
                disabled={isPending}
                aria-label={`Bring back ${project.name}`}
                onClick={() => unarchive(project)}
              >
                Bring back
              </Button>
            </li>
          ))}
        </ul>
      )}
      {projects.hasNextPage && (
        <Button
          className="self-center"
          onClick={() => void projects.fetchNextPage()}
          isPending={projects.isFetchingNextPage}
        >
          Show more
        </Button>
      )}
    </section>
  );
}
