import type { FilePath } from "#lib/contracts/ids.ts";
import type { RunMode } from "#lib/contracts/runs/run.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import { buildTree, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { chooseMode } from "../choose-mode.ts";
import { findStartingPoint } from "../find-starting-point.ts";
import { loadAttachments, type LoadedAttachment } from "../load-attachments.ts";
import { findWithheldSecrets, type WithheldSecrets } from "../context/withheld-secrets.ts";
import type { ModelDescription, RunDependencies, RunRequest } from "../ports.ts";

export type LoadedContext = {
  request: RunRequest;
  model: ModelDescription;
  mode: RunMode;
  modeReason: string;
  /** The parent's complete tree; the empty tree for a creation. */
  parent: FileTree;
  /** The tree that the model's changes start from. */
  start: WorkingTree;
  /** All files of `start`. */
  currentTree: FileTree;
  /** Files whose findings the user has accepted. */
  accepted: ReadonlySet<FilePath>;
  /** The work that an earlier run left unfinished. */
  task: string | null;
  attachments: readonly LoadedAttachment[];
  withheld: WithheldSecrets;
};

/**
 * Loads the parent's complete tree, and what the run continues.
 *
 * @throws AppError GENERATION_NOT_FOUND, MODEL_NOT_FOUND, MODEL_UNAVAILABLE, RUN_HOLDS_NOTHING
 */
export async function loadContext({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<LoadedContext> {
  const model = await dependencies.models.get(request.modelId);
  const parent =
    request.parentGenerationId === null
      ? emptyFileTree
      : await dependencies.generations.loadTree(await dependencies.generations.get(request.parentGenerationId));
  const { workingTree, accepted, task } = await findStartingPoint({ request, parent, dependencies });
  const currentTree = buildTree(workingTree);
  const { mode, reason } = chooseMode({ request, model, parentFileCount: parent.size });
  dependencies.events.append({ type: "mode.chosen", mode, reason });

  const withheld = await findWithheldSecrets({
    currentTree,
    workingTree,
    shown: request.shownSecretPaths,
    dependencies,
  });
  const attachments = await loadAttachments({
    attachments: request.attachments,
    generations: dependencies.generations,
  });
  return {
    request,
    model,
    mode,
    modeReason: reason,
    parent,
    start: workingTree,
    currentTree,
    accepted,
    task,
    attachments,
    withheld,
  };
}
