"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { PathsSetting } from "./paths-setting.tsx";

/** The files of a project that no run may change, until the user unlocks them. */
export function LockedPaths({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const save = useMutation(
    trpc.project.setLockedPaths.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(trpc.project.get.queryKey({ projectId }), saved),
      onError: () => queryClient.invalidateQueries({ queryKey: trpc.project.get.queryKey({ projectId }) }),
    }),
  );
  return (
    <PathsSetting
      icon={Lock}
      name="Lock files"
      label="Locked paths or globs, separated by commas"
      placeholder="schema.prisma, app/auth/**"
      hint="No run changes a locked file. A model's change to one is shown and not applied. Your own edits still work."
      saveLabel="Save locks"
      paths={project.data?.lockedPaths ?? null}
      isPending={save.isPending}
      error={save.error}
      onSave={({ paths, expected, onSaved, onRefused }) =>
        save.mutate({ projectId, lockedPaths: paths, expected }, { onSuccess: onSaved, onError: onRefused })
      }
    />
  );
}
