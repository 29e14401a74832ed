"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useId, useState } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { parseScopeGlobs } from "../run/scope-globs.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Input } from "../ui/input.tsx";

/** The files of a project that no run may change. They stay locked until a person unlocks them. */
export function LockedPaths({ projectId }: { projectId: ProjectId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const inputId = useId();
  const hintId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const save = useMutation(
    trpc.project.setLockedPaths.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(trpc.project.get.queryKey({ projectId }), saved);
        setText(null);
      },
    }),
  );
  const lockedPaths = project.data?.lockedPaths ?? [];
  const globs = parseScopeGlobs(text ?? "");
  const isChanged = text !== null && globs.join("\n") !== lockedPaths.join("\n");
  return (
    <details className="text-sm" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-0.5 text-muted hover:text-foreground">
        {lockedPaths.length > 0 && <Lock aria-hidden className="mr-1 inline size-3.5" />}
        Lock files{lockedPaths.length > 0 && ` (${lockedPaths.length})`}
      </summary>
      <div className="mt-2 flex flex-col gap-1">
        <label htmlFor={inputId} className="text-xs font-medium text-muted">
          Locked paths or globs, separated by commas
        </label>
        <div className="flex gap-2">
          <Input
            id={inputId}
            value={text ?? lockedPaths.join(", ")}
            onChange={(event) => setText(event.target.value)}
            placeholder="schema.prisma, app/auth/**"
            aria-describedby={hintId}
            className="flex-1 font-mono"
            spellCheck={false}
          />
          <Button
            disabled={!isChanged}
            isPending={save.isPending}
            onClick={() => save.mutate({ projectId, lockedPaths: globs })}
          >
            Save locks
          </Button>
        </div>
        <p id={hintId} className="text-xs text-faint">
          No run changes a locked file. What a model proposes for one is shown and not applied. Your own edits still
          can.
        </p>
        {save.error !== null && <ErrorState error={save.error} />}
      </div>
    </details>
  );
}
