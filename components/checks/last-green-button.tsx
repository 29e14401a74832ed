"use client";

import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";

// Loaded on demand: few visits open it.
const RollbackDialog = lazyDialog(() =>
  import("../generation/rollback/rollback-dialog.tsx").then((module) => module.RollbackDialog),
);

/**
 * Offers a roll back to the newest version before the active one whose checks all pass; renders nothing if there is
 * none.
 */
export function LastGreenButton({ projectId, headId }: { projectId: ProjectId; headId: GenerationId }) {
  const trpc = useTRPC();
  const lastGreen = useQuery(trpc.project.lastGreen.queryOptions({ projectId }, { staleTime: 0 }));
  const head = useQuery(trpc.generation.summary.queryOptions({ generationId: headId }));
  const [isOpen, setIsOpen] = useState(false);
  const { generationId, version } = lastGreen.data ?? {};
  if (generationId === undefined || version === undefined || generationId === headId || head.data === undefined)
    return null;
  return (
    <>
      <Button size="sm" onClick={() => setIsOpen(true)}>
        <Undo2 aria-hidden />
        Roll back to the last green (v{version})
      </Button>
      {isOpen && (
        <RollbackDialog
          projectId={projectId}
          target={{ generationId, version }}
          head={head.data}
          open={isOpen}
          onOpenChange={setIsOpen}
        />
      )}
    </>
  );
}
