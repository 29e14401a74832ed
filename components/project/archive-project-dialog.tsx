"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/overlays/confirm-button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { useUnarchive } from "./unarchive.ts";
import { showToast } from "../ui/overlays/toast.ts";

type NamedProject = Pick<ProjectOutput, "projectId" | "name">;

/** Asks for confirmation before archiving a project. */
export function ArchiveProjectDialog({
  project,
  isOpen,
  onOpenChange,
}: {
  project: NamedProject;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { unarchive } = useUnarchive();
  const archive = useMutation(
    trpc.project.archive.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        void showToast({
          kind: "success",
          text: `${project.name} is archived.`,
          description: "Its versions are kept.",
          action: { label: "Undo", onClick: () => unarchive(project) },
        });
      },
    }),
  );
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Archive ${project.name}?`}
      description="The project leaves this list. Nothing is deleted: all its versions stay stored, and it can be brought back from the archived ones."
    >
      {archive.error !== null && <ErrorState error={archive.error} />}
      <DialogFooter>
        <Button onClick={() => onOpenChange(false)}>Keep in list</Button>
        <ConfirmButton isPending={archive.isPending} onClick={() => archive.mutate({ projectId: project.projectId })}>
          Archive
        </ConfirmButton>
      </DialogFooter>
    </Dialog>
  );
}
