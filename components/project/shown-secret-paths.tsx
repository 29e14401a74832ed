"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { PathsSetting } from "./paths-setting.tsx";

/** The files with secrets that the user allows models to see. */
export function ShownSecretPaths({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const save = useMutation(
    trpc.project.setShownSecretPaths.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(trpc.project.get.queryKey({ projectId }), saved),
      onError: () => queryClient.invalidateQueries({ queryKey: trpc.project.get.queryKey({ projectId }) }),
    }),
  );
  return (
    <PathsSetting
      icon={KeyRound}
      name="Show secrets to models"
      label="Paths of files whose secrets models may see, separated by commas"
      placeholder=".env.example, tests/keys.json"
      hint="Keys and passwords of known forms are withheld from models, and their files cannot be rewritten whole. Name a file here where that is in the way, for example because its keys are not real."
      saveLabel="Save files"
      paths={project.data?.shownSecretPaths ?? null}
      isPending={save.isPending}
      error={save.error}
      onSave={({ paths, expected, onSaved, onRefused }) =>
        save.mutate(
          { projectId, shownSecretPaths: paths as FilePath[], expected: expected as FilePath[] },
          { onSuccess: onSaved, onError: onRefused },
        )
      }
    />
  );
}
