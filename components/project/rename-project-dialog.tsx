"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { limits } from "#lib/contracts/limits.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/overlays/dialog.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";

type NamedProject = Pick<ProjectOutput, "projectId" | "name">;

export function RenameProjectDialog({
  project,
  isOpen,
  onOpenChange,
}: {
  project: NamedProject;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Rename project">
      <RenameForm project={project} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function RenameForm({ project, onDone }: { project: NamedProject; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const inputId = useId();
  const [name, setName] = useState(project.name);
  const rename = useMutation(
    trpc.project.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        onDone();
      },
    }),
  );
  const trimmed = name.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== "" && !rename.isPending) rename.mutate({ projectId: project.projectId, name: trimmed });
      }}
    >
      <label htmlFor={inputId} className="text-xs font-medium text-muted">
        Name
      </label>
      <Input
        id={inputId}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoFocus
        maxLength={limits.projectNameCharacters}
        aria-invalid={trimmed === ""}
        className="mt-1 mb-2"
      />
      {trimmed === "" && <p className="text-sm text-negative">A project needs a name.</p>}
      {rename.error !== null && <ErrorState error={rename.error} />}
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={trimmed === ""} isPending={rename.isPending}>
          Rename
        </Button>
      </DialogFooter>
    </form>
  );
}
