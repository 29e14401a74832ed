"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { isActive, runStatuses, type RunStatus } from "#lib/contracts/runs/run-state.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { projectHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { RunRow, runRowGrid, tokensColumn } from "./run-row.tsx";
import { runStatusWord } from "./run-status.tsx";
import { runsPage } from "./runs-page.ts";

const activePollMs = 3_000;
const skeletonRows = 6;
const statusOptions: { value: RunStatus | "any"; label: string }[] = [
  { value: "any", label: "Any status" },
  ...runStatuses.map((status) => ({ value: status, label: runStatusWord(status) })),
];
const columns = ["Status", "Prompt", "Version", "Model", "Started", "Time", "Tokens", "Cost"];

/** Every run of a project, newest first, including those without a version. */
export function RunsScreen({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const [status, setStatus] = useState<RunStatus | "any">("any");
  const runs = useInfiniteQuery(
    trpc.run.list.infiniteQueryOptions(
      { projectId, ...runsPage, ...(status === "any" ? {} : { status }) },
      {
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ items }) => items.some(({ status }) => isActive(status))) === true
            ? activePollMs
            : false,
        // Keeps the rows until new ones arrive.
        placeholderData: keepPreviousData,
      },
    ),
  );
  const items = runs.data?.pages.flatMap((page) => page.items);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 px-4 py-4">
      <PageTitle text="Runs" />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-xl font-semibold">Runs</h1>
        <Select
          label="Status"
          isLabelHidden
          value={status}
          options={statusOptions}
          onChange={setStatus}
          className="w-48"
        />
      </div>
      {runs.error !== null && items === undefined && (
        <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
      )}
      {items === undefined && runs.error === null && <RunsSkeleton />}
      {items?.length === 0 && status !== "any" && (
        <EmptyState
          title="No run is in this state."
          action={<Button onClick={() => setStatus("any")}>Show all runs</Button>}
        />
      )}
      {items?.length === 0 && status === "any" && (
        <EmptyState
          title="No run yet"
          action={
            <Link href={projectHref(projectId)} className={buttonClass({ look: "primary" })}>
              Open the active version
            </Link>
          }
        >
          A prompt starts a run. Imports and edits by hand make versions without one.
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <div role="table" aria-label="Runs" className="rounded-md border">
          <div role="row" className={`${runRowGrid} hidden border-b bg-surface py-1.5 text-xs text-muted lg:grid`}>
            {columns.map((name) => (
              <span key={name} role="columnheader" className={name === "Tokens" ? tokensColumn : undefined}>
                {name}
              </span>
            ))}
          </div>
          {items.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </div>
      )}
      {runs.hasNextPage && (
        <Button className="self-center" onClick={() => void runs.fetchNextPage()} isPending={runs.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}

function RunsSkeleton() {
  return (
    <div aria-busy className="rounded-md border">
      <p className="sr-only">Loading runs</p>
      <div className="hidden h-7.25 border-b bg-surface lg:block" />
      {Array.from({ length: skeletonRows }, (_, index) => (
        <div key={index} className="flex h-15 items-center gap-4 border-b px-3 last:border-b-0">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
      ))}
    </div>
  );
}
