import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { ContextReceipt, RunMode } from "#lib/contracts/run.ts";
import { chooseContext } from "#server/core/context/choose-context.ts";
import { decodeText } from "#server/core/file-content.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import { buildTree, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { chooseMode } from "../choose-mode.ts";
import { findStartingPoint } from "../find-starting-point.ts";
import { loadStandingContents } from "../load-standing-contents.ts";
import { findWithheldSecrets, withholdFiles, type WithheldSecrets } from "../withheld-secrets.ts";
import type { ModelDescription, RunDependencies, RunRequest } from "../ports.ts";

/** More context than this costs more attention and money than it brings; the model reads the rest by tool. */
const maxContextTokens = 24_000;

export type LoadedContext = {
  request: RunRequest;
  model: ModelDescription;
  mode: RunMode;
  modeReason: string;
  /** The parent's complete tree; the empty tree for a creation. */
  parent: FileTree;
  /** What the model's changes begin on, with the contents that it is shown in full. */
  start: WorkingTree;
  /** All files as they stand in `start`. */
  standing: FileTree;
  /** Files whose findings a person has accepted. */
  accepted: ReadonlySet<FilePath>;
  /** What an earlier run left to do. */
  task: string | null;
  receipt: ContextReceipt;
  withheld: WithheldSecrets;
  /** The texts of the files that are shown in full. */
  fullTexts: ReadonlyMap<FilePath, string>;
};

/**
 * Loads the parent's complete tree, and what the run goes on from, and decides what the model is shown of it.
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
  const standing = buildTree(workingTree);
  const { mode, reason } = chooseMode({ request, model, parentFileCount: parent.size });
  dependencies.events.append({ type: "mode.chosen", mode, reason });

  const withheld = await findWithheldSecrets({
    standing,
    workingTree,
    shown: request.shownSecretPaths,
    dependencies,
  });
  const chosen = chooseContext({
    tree: standing,
    prompt: [request.prompt, task ?? "", ...request.reviewComments.map(({ path }) => path)].join("\n"),
    budgetTokens: Math.min(maxContextTokens, Math.floor(model.contextTokens / 2)),
  });
  const receipt = withholdFiles({ receipt: chosen, withheld });
  const full = receipt.files.filter(({ visibility }) => visibility === "full");
  const contents = await loadStandingContents({
    workingTree,
    generations: dependencies.generations,
    hashes: full.map(({ contentHash }) => contentHash),
  });
  const fullTexts = new Map<FilePath, string>();
  const seen = new Set<ContentHash>();
  for (const { path, contentHash } of full) {
    const bytes = contents.get(contentHash);
    const text = bytes === undefined ? null : decodeText(bytes);
    if (text === null) continue;
    fullTexts.set(path, text);
    seen.add(contentHash);
  }
  dependencies.events.append({ type: "context.loaded", parentFileCount: parent.size, receipt });
  return {
    request,
    model,
    mode,
    modeReason: reason,
    parent,
    start: { ...workingTree, seen },
    standing,
    accepted,
    task,
    receipt,
    withheld,
    fullTexts,
  };
}
