"use client";

import type { ProjectId } from "#lib/contracts/ids.ts";
import { searchHistoryHref } from "#lib/hrefs.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { ActiveRuns } from "./active-runs.tsx";
import { useAllGenerations } from "./all-generations.ts";
import { CloneButtons } from "../project/clone-buttons.tsx";
import { VersionTree } from "./version-tree.tsx";

/** The version tree of a project: the user can view any version, compare any two and roll back to any. */
export function HistoryScreen({ projectId }: { projectId: ProjectId }) {
  const { items, isComplete, error, retry } = useAllGenerations(projectId);
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <PageTitle text="History" />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-xl font-semibold">History</h1>
        {items !== null && items.length > 0 && (
          <div className="flex flex-wrap items-center gap-2">
            <Link href={searchHistoryHref({ projectId })} className={buttonClass()}>
              Search all versions
            </Link>
            <CloneButtons projectId={projectId} />
          </div>
        )}
      </div>
      <ActiveRuns projectId={projectId} />
      {error !== null && <ErrorState error={error} onRetry={retry} />}
      {items === null ? (
        error === null && (
          <div aria-busy className="flex flex-col rounded-md border">
            {Array.from({ length: 10 }, (_, index) => (
              <div key={index} className="flex h-7 items-center gap-4 border-b px-3 last:border-b-0">
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
        <VersionTree projectId={projectId} versions={items} isComplete={isComplete} />
      )}
    </div>
  );
}
