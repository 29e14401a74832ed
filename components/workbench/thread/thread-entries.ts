import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { threadPage } from "./thread-page.ts";

/** A project's history, newest first, as far back as it was loaded. */
export function useThreadEntries({
  projectId,
  project,
  areRunsOnly,
}: {
  projectId: ProjectId;
  project: ProjectOutput | undefined;
  /** Without versions: waiting, running, failed and cancelled runs. */
  areRunsOnly: boolean;
}) {
  const trpc = useTRPC();
  const thread = useInfiniteQuery(
    trpc.project.thread.infiniteQueryOptions(
      { projectId, ...threadPage, ...(areRunsOnly ? { only: "runs" as const } : {}) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const entries = useMemo(() => thread.data?.pages.flatMap(({ items }) => items) ?? null, [thread.data]);
  useNewsOf(project);
  return { ...thread, entries, waitingCount: thread.data?.pages[0]?.waitingCount ?? 0 };
}

/** The project reports that something changed; the entries are then refetched. */
function useNewsOf(project: ProjectOutput | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const told =
    project === undefined
      ? null
      : [
          project.headGenerationId,
          project.lastRun?.runId,
          project.lastRun?.status,
          project.waitingRuns?.count,
          project.waitingRuns?.newestRunId,
        ].join(" ");
  const before = useRef(told);
  useEffect(() => {
    if (before.current !== null && told !== null && before.current !== told)
      void queryClient.invalidateQueries({ queryKey: trpc.project.thread.pathKey() });
    before.current = told;
  }, [told, queryClient, trpc]);
}

export function entryId(entry: ThreadEntry): string {
  return entry.kind === "run" ? entry.runId : entry.generationId;
}
