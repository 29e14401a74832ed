"use client";

import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useHotkeys } from "../ui/keys/hotkeys.ts";
import { startTypeAhead } from "../ui/keys/type-ahead.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";

// Loaded on demand: few visits open it.
const SearchDialog = lazyDialog(() => import("./search-dialog.tsx").then((module) => module.SearchDialog));

/** Ctrl+Shift+F on every page of a project: searches the version in view, or the active one. */
export function SearchFiles({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const [state, setState] = useState<"unused" | "open" | "closed">("unused");
  useHotkeys(
    {
      "$mod+Shift+KeyF": (event) => {
        event.preventDefault();
        startTypeAhead();
        setState("open");
      },
    },
    "project",
  );
  return state === "unused" ? null : (
    <SearchDialog
      projectId={projectId}
      generationId={generationId}
      isOpen={state === "open"}
      onOpenChange={(isOpen) => setState(isOpen ? "open" : "closed")}
    />
  );
}
