"use client";

import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { startTypeAhead } from "../ui/keys/type-ahead.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";

// Loaded on demand: few visits open it.
const OpenFileDialog = lazyDialog(() => import("./open-file-dialog.tsx").then((module) => module.OpenFileDialog));

/** Ctrl+P on every page of a project: a file of the version in view, or of the active one. */
export function OpenFile({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const [state, setState] = useState<"unused" | "open" | "closed">("unused");
  useHotkeys(
    {
      "$mod+KeyP": (event) => {
        event.preventDefault();
        startTypeAhead();
        setState("open");
      },
    },
    "project",
  );
  return state === "unused" ? null : (
    <OpenFileDialog
      projectId={projectId}
      generationId={generationId}
      isOpen={state === "open"}
      onOpenChange={(isOpen) => setState(isOpen ? "open" : "closed")}
    />
  );
}
