import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";

// Loaded on demand: few visits open them.
const RollbackDialog = lazyDialog(() =>
  import("../generation/rollback/rollback-dialog.tsx").then((module) => module.RollbackDialog),
);
const RestoreFilesDialog = lazyDialog(() =>
  import("../generation/rollback/restore-files-dialog.tsx").then((module) => module.RestoreFilesDialog),
);
const LabelDialog = lazyDialog(() => import("../generation/label-dialog.tsx").then((module) => module.LabelDialog));

export type VersionDialog = { name: "rollback" | "restore" | "label"; target: GenerationOutput };

/** The dialogs that a row of the history opens. */
export function VersionDialogs({
  projectId,
  dialog,
  head,
  onClose,
}: {
  projectId: ProjectId;
  dialog: VersionDialog | null;
  head: GenerationOutput | null;
  onClose: () => void;
}) {
  if (dialog === null) return null;
  const { name, target } = dialog;
  if (name === "label") return <LabelDialog generation={target} onClose={onClose} />;
  if (head === null) return null;
  if (name === "restore")
    return <RestoreFilesDialog projectId={projectId} source={target} head={head} onClose={onClose} />;
  return (
    <RollbackDialog
      projectId={projectId}
      target={target}
      head={head}
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
    />
  );
}
