import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useRefreshVersions } from "../generation/refresh-versions.ts";
import { activeRunsPage } from "./active-runs-page.ts";

const pollMs = 1_000;
/** A user who has just sent a prompt sees its run. */
const freshMs = 1_000;

/** The waiting and running runs of a project; null until loaded. When one has ended, the versions are refetched. */
export function useActiveRuns(projectId: ProjectId): RunOutput[] | null {
  const trpc = useTRPC();
  const refreshVersions = useRefreshVersions();
  const { data } = useQuery(
    trpc.run.list.queryOptions(
      { projectId, ...activeRunsPage },
      { staleTime: freshMs, refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? pollMs : false) },
    ),
  );
  const items = data?.items ?? null;
  const known = useRef(items);
  const noticeEnds = useEffectEvent(() => {
    const hasEnded = known.current?.some((run) => items?.some(({ runId }) => runId === run.runId) !== true) === true;
    known.current = items;
    if (hasEnded) void refreshVersions();
  });
  useEffect(() => noticeEnds(), [items]);
  return items;
}
