"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRef, useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { Button } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/overlays/lazy-dialog.tsx";
import { relate } from "./relate-versions.ts";

// Loaded on demand: few visits open it.
const VersionPopup = lazyDialog(() => import("./version-popup.tsx").then((module) => module.VersionPopup));

/** One side of a comparison: the version and its relation to the other, and a list to choose another from. */
export function VersionButton({
  projectId,
  side,
  version,
  other,
  onChoose,
}: {
  projectId: ProjectId;
  side: "Base" | "Head";
  version: GenerationOutput;
  other: GenerationOutput;
  onChoose: (generationId: GenerationId) => void;
}) {
  const [state, setState] = useState<"unused" | "open" | "closed">("unused");
  const trigger = useRef<HTMLButtonElement>(null);
  const isOpen = state === "open";
  const name = [`v${version.version}`, relate({ to: other, other: version }) ?? (version.isHead ? "active" : null)]
    .filter((part) => part !== null)
    .join(", ");
  return (
    <>
      <Button
        ref={trigger}
        size="sm"
        aria-label={`${side}: ${name}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={version.prompt ?? undefined}
        onPointerEnter={VersionPopup.prepare}
        onFocus={VersionPopup.prepare}
        onClick={() => setState(isOpen ? "closed" : "open")}
      >
        {name}
        <ChevronsUpDown aria-hidden className="text-muted" />
      </Button>
      {state !== "unused" && (
        <VersionPopup
          projectId={projectId}
          side={side}
          version={version}
          other={other}
          trigger={trigger}
          isOpen={isOpen}
          onOpenChange={(next) => setState(next ? "open" : "closed")}
          onChoose={(generationId) => {
            setState("closed");
            if (generationId !== version.generationId) onChoose(generationId);
          }}
        />
      )}
    </>
  );
}
