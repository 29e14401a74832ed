import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { recentProjects } from "../shell/recent-projects.ts";

/** Moves a project to the top of the recent ones, below those that are pinned, when the user opens it. */
export function useNoteOpened(projectId: ProjectId): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.project.open.mutationOptions({
      onSuccess: () => {
        const listed = queryClient.getQueryData(trpc.project.list.queryKey(recentProjects))?.items;
        if (listed?.find(({ isPinned }) => !isPinned)?.projectId !== projectId)
          void queryClient.invalidateQueries({ queryKey: trpc.project.list.pathKey() });
      },
    }),
  );
  const note = useEffectEvent(() => mutate({ projectId }));
  useEffect(() => note(), [projectId]);
}
