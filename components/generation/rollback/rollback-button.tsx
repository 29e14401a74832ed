"use client";

import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { Button, type ButtonSize } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/overlays/lazy-dialog.tsx";
import type { VersionRef } from "../version-toast.ts";

// Loaded on demand: few visits open it.
const RollbackDialog = lazyDialog(() => import("./rollback-dialog.tsx").then((module) => module.RollbackDialog));

/** Opens a preview of a roll back to a version. `head` is the active version; null until known. */
export function RollbackButton({
  projectId,
  generation,
  head,
  size = "md",
}: {
  projectId: ProjectId;
  generation: GenerationOutput;
  head: VersionRef | null;
  size?: ButtonSize;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size={size} onClick={() => setIsOpen(true)} disabled={head === null}>
        <Undo2 aria-hidden />
        Roll back to this
      </Button>
      {isOpen && head !== null && (
        <RollbackDialog projectId={projectId} target={generation} head={head} open={isOpen} onOpenChange={setIsOpen} />
      )}
    </>
  );
}
