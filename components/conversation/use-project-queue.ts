import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { queuePage } from "./queue-page.ts";

/** Poll intervals while something runs or waits, and while nothing does: another tab may send a prompt. */
const busyPollMs = 1_000;
const idlePollMs = 4_000;

/** All running and waiting runs of a project; null until loaded. Changes also update the thread. */
export function useProjectQueue(projectId: ProjectId): RunOutput[] | null {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(
    trpc.run.list.queryOptions(
      { projectId, ...queuePage },
      { refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? busyPollMs : idlePollMs) },
    ),
  );
  const items = data?.items ?? null;
  const told = items?.map(({ runId, prompt, waitsFor }) => `${runId} ${waitsFor?.runId} ${prompt}`).join("\n") ?? null;
  const before = useRef(told);
  useEffect(() => {
    if (before.current !== null && told !== null && before.current !== told)
      void queryClient.invalidateQueries({ queryKey: trpc.project.thread.pathKey() });
    before.current = told;
  }, [told, queryClient, trpc]);
  return items;
}
