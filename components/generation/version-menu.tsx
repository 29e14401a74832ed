"use client";

import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { useGenerationMark } from "./generation-mark.ts";
import type { VersionRef } from "./version-toast.ts";

// Few visits open them.
const RestoreFilesDialog = dynamic(() => import("./restore-files-dialog.tsx").then((module) => module.RestoreFilesDialog), { ssr: false });
const LabelDialog = dynamic(() => import("./label-dialog.tsx").then((module) => module.LabelDialog), { ssr: false });

/** What can be done with a version and is rarely wanted. `head` is the active version; null until it is known. */
export function VersionMenu({ projectId, generation, head }: { projectId: ProjectId; generation: GenerationOutput; head: VersionRef | null }) {
  const mark = useGenerationMark();
  const [dialog, setDialog] = useState<"restore" | "label" | null>(null);
  const { version, label, isBookmarked, isHead } = generation;
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" aria-label={`More for v${version}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => void mark({ generation, mark: { isBookmarked: !isBookmarked } })}>{isBookmarked ? "Remove bookmark" : "Bookmark"}</MenuItem>
        <MenuItem onSelect={() => setDialog("label")}>{label === null ? "Label" : "Change label"}</MenuItem>
        <MenuItem onSelect={() => setDialog("restore")} isDisabled={isHead || head === null}>
          Restore files
        </MenuItem>
      </Menu>
      {dialog === "restore" && head !== null && <RestoreFilesDialog projectId={projectId} source={generation} head={head} onClose={() => setDialog(null)} />}
      {dialog === "label" && <LabelDialog generation={generation} onClose={() => setDialog(null)} />}
    </>
  );
}
