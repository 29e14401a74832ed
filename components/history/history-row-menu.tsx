import { Ellipsis } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { archiveHref, compareHref, generationHref, iterateHref, reviewHref } from "#lib/hrefs.ts";
import { useCopyCommitId } from "../generation/commit/copy-commit-id.ts";
import { Menu } from "../ui/menus/menu.tsx";

/** The actions of a row of the tree. `head` is the active version; null until known. */
export function HistoryRowMenu({
  projectId,
  generation,
  head,
  onLabel,
  onRestoreFiles,
  onRollBack,
}: {
  projectId: ProjectId;
  generation: GenerationOutput;
  head: GenerationOutput | null;
  onLabel: () => void;
  onRestoreFiles: () => void;
  onRollBack: () => void;
}) {
  const { generationId, version, isHead, parentGenerationIds, label } = generation;
  const copyCommitId = useCopyCommitId();
  const place = { projectId, generationId };
  return (
    <Menu
      label={`Actions for v${version}`}
      size="icon-xs"
      icon={<Ellipsis aria-hidden />}
      entries={[
        { kind: "link", label: "Open", href: generationHref(place) },
        ...(parentGenerationIds.length === 0
          ? []
          : [{ kind: "link" as const, label: "Review changes", href: reviewHref(place) }]),
        ...(head === null || isHead
          ? []
          : [
              {
                kind: "link" as const,
                label: "Compare with active",
                href: compareHref({ projectId, base: generationId, head: head.generationId }),
              },
            ]),
        { kind: "link", label: "Iterate from here", href: iterateHref(place) },
        { kind: "download", label: "Download zip", href: archiveHref(generationId) },
        { kind: "action", label: "Copy commit id", onSelect: () => void copyCommitId(generation) },
        { kind: "action", label: label === null ? "Label" : "Change label", onSelect: onLabel },
        { kind: "separator" },
        { kind: "action", label: "Restore files", isDisabled: isHead || head === null, onSelect: onRestoreFiles },
        { kind: "action", label: "Roll back to this", isDisabled: isHead || head === null, onSelect: onRollBack },
      ]}
    />
  );
}
