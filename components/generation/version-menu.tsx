"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { Menu } from "../ui/menus/menu.tsx";
import { useCopyCommitId } from "./commit/copy-commit-id.ts";
import { useBookmark } from "./generation-mark.ts";
import type { VersionRef } from "./version-toast.ts";

// Loaded on demand: few visits open them.
const RestoreFilesDialog = lazyDialog(() =>
  import("./rollback/restore-files-dialog.tsx").then((module) => module.RestoreFilesDialog),
);
const LabelDialog = lazyDialog(() => import("./label-dialog.tsx").then((module) => module.LabelDialog));

/** The rare actions for a version. `head` is the active version; null until known. */
export function VersionMenu({
  projectId,
  generation,
  head,
}: {
  projectId: ProjectId;
  generation: GenerationOutput;
  head: VersionRef | null;
}) {
  const bookmark = useBookmark();
  const copyCommitId = useCopyCommitId();
  const [dialog, setDialog] = useState<"restore" | "label" | null>(null);
  const { version, label, isBookmarked, isHead } = generation;
  return (
    <>
      <Menu
        label={`More for v${version}`}
        look="secondary"
        size="icon"
        icon={<Ellipsis aria-hidden />}
        entries={[
          {
            kind: "action",
            label: isBookmarked ? "Remove bookmark" : "Bookmark",
            onSelect: () => bookmark(generation),
          },
          { kind: "action", label: label === null ? "Label" : "Change label", onSelect: () => setDialog("label") },
          { kind: "action", label: "Copy commit id", onSelect: () => void copyCommitId(generation) },
          {
            kind: "action",
            label: "Restore files",
            isDisabled: isHead || head === null,
            onSelect: () => setDialog("restore"),
          },
        ]}
      />
      {dialog === "restore" && head !== null && (
        <RestoreFilesDialog projectId={projectId} source={generation} head={head} onClose={() => setDialog(null)} />
      )}
      {dialog === "label" && <LabelDialog generation={generation} onClose={() => setDialog(null)} />}
    </>
  );
}
