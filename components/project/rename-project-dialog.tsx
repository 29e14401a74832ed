"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ProjectOutput } from "#lib/contracts/project.ts";
import { projectNameText } from "#lib/contracts/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogFooter } from "../ui/dialog.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Input } from "../ui/input.tsx";

type NamedProject = Pick<ProjectOutput, "projectId" | "name">;

export function RenameProjectDialog({ project, isOpen, onOpenChange }: { project: NamedProject; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
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
  const checked = projectNameText.safeParse(name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success && !rename.isPending) rename.mutate({ projectId: project.projectId, name: checked.data });
      }}
    >
      <label htmlFor={inputId} className="text-xs font-medium text-muted">
        Name
      </label>
      <Input id={inputId} value={name} onChange={(event) => setName(event.target.value)} autoFocus aria-invalid={!checked.success} className="mt-1 mb-2" />
      {!checked.success && <p className="text-sm text-negative">{checked.error.issues[0]?.message}</p>}
      {rename.error !== null && <ErrorState error={rename.error} />}
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!checked.success} isPending={rename.isPending}>
          Rename
        </Button>
      </DialogFooter>
    </form>
  );
}
