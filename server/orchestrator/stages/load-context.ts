import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { RunMode } from "#lib/contracts/run.ts";
import { planBudget, type ContextBudget } from "#server/core/context/plan-budget.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import { buildTree, type WorkingTree } from "#server/core/merge/working-tree.ts";
import { chooseMode } from "../choose-mode.ts";
import { findStartingPoint } from "../find-starting-point.ts";
import { loadAttachments, type LoadedAttachment } from "../load-attachments.ts";
import { loadStandingContents } from "../load-standing-contents.ts";
import { findWithheldSecrets, type WithheldSecrets } from "../withheld-secrets.ts";
import type { ModelDescription, RunDependencies, RunRequest } from "../ports.ts";
import { countFixedTokens } from "../prompts.ts";
import { loadTexts, selectContext, type ContextSelection } from "../select-context.ts";

export type LoadedContext = {
  request: RunRequest;
  model: ModelDescription;
  mode: RunMode;
  modeReason: string;
  /** The parent's complete tree; the empty tree for a creation. */
  parent: FileTree;
  /** What the model's changes begin on, with the contents that it is shown in full. */
  start: WorkingTree;
  /** All files as they are in `start`. */
  standing: FileTree;
  /** Files whose findings the user has accepted. */
  accepted: ReadonlySet<FilePath>;
  /** What an earlier run left to do. */
  task: string | null;
  attachments: readonly LoadedAttachment[];
  withheld: WithheldSecrets;
  budget: ContextBudget;
  selection: ContextSelection;
  /** The texts of the files that are shown, and of the project's own rules. */
  texts: ReadonlyMap<FilePath, string>;
};

/**
 * Loads the parent's complete tree, and what the run continues from, and decides what the model is shown of it.
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
  const budget = planBudget({ ...model, limitTokens: dependencies.contextLimitTokens });
  const { listTokens, schemaTokens, rulesTokens, requestTokens } = budget;
  const attachments = await loadAttachments({
    attachments: request.attachments,
    generations: dependencies.generations,
  });
  const fixedTokens = countFixedTokens({ request, model, task, attachments });
  // Remembered, because replayed answers may rely on having seen exactly these files.
  const selection = await dependencies.steps.remember("context", () =>
    selectContext({
      prompt: [request.prompt, task ?? "", ...request.reviewComments.map(({ path, body }) => `${path} ${body}`)].join(
        "\n",
      ),
      tree: standing,
      workingTree,
      historyOf: request.parentGenerationId,
      withheld: withheld.files,
      budget,
      filesTokens: Math.max(0, requestTokens - fixedTokens - listTokens - schemaTokens - rulesTokens),
      dependencies,
    }),
  );
  const texts = await loadTexts({
    paths: [...selection.shown, ...selection.rulePaths.map((path) => ({ path }))],
    tree: standing,
    loadContents: (hashes) => loadStandingContents({ workingTree, generations: dependencies.generations, hashes }),
  });
  const seen = new Set<ContentHash>();
  for (const { path, contentHash, depth } of selection.shown)
    if (depth === "full" && texts.has(path)) seen.add(contentHash);
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
    attachments,
    withheld,
    budget,
    selection,
    texts,
  };
}
