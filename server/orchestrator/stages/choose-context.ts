import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { findLayerFiles } from "#server/core/context/find-layer-files.ts";
import { planBudget, type ContextBudget } from "#server/core/context/plan-budget.ts";
import { describeCodeSchema } from "../context/describe-code-schema.ts";
import { loadCurrentContents } from "../context/load-current-contents.ts";
import type { RunDependencies } from "../ports.ts";
import { countFixedTokens } from "../prompts.ts";
import { loadTexts, selectContext, type ContextSelection } from "../context/select-context.ts";
import type { WithCodeSchema } from "./extract-schema.ts";

export type ChosenContext = WithCodeSchema & {
  budget: ContextBudget;
  selection: ContextSelection;
  /** The texts of the shown files, and of the project's own rules. */
  texts: ReadonlyMap<FilePath, string>;
  /** The description of the code schema for the model. */
  schemaText: string;
};

/** Chooses what the model is shown. Its changes may rely on fully shown files. */
export async function chooseContext({
  extracted,
  dependencies,
}: {
  extracted: WithCodeSchema;
  dependencies: RunDependencies;
}): Promise<ChosenContext> {
  const { request, model, task, attachments, start, currentTree, withheld, codeSchema } = extracted;
  const budget = planBudget({ ...model, limitTokens: dependencies.contextLimitTokens });
  const { listTokens, schemaTokens, rulesTokens, requestTokens } = budget;
  const fixedTokens = countFixedTokens({ request, model, task, attachments });
  const prompt = [
    request.prompt,
    task ?? "",
    ...request.reviewComments.map(({ path, body }) => `${path} ${body}`),
  ].join("\n");
  // Stored, because replayed answers may rely on exactly these files.
  const selection = await dependencies.steps.remember("context", () =>
    selectContext({
      prompt,
      tree: currentTree,
      workingTree: start,
      historyOf: request.parentGenerationId,
      withheld: withheld.files,
      layers: findLayerFiles({ codeSchema, prompt }),
      budget,
      filesTokens: Math.max(0, requestTokens - fixedTokens - listTokens - schemaTokens - rulesTokens),
      dependencies,
    }),
  );
  const texts = await loadTexts({
    paths: [...selection.shown, ...selection.rulePaths.map((path) => ({ path }))],
    tree: currentTree,
    loadContents: (hashes) =>
      loadCurrentContents({ workingTree: start, generations: dependencies.generations, hashes }),
  });
  const seen = new Set<ContentHash>();
  for (const { path, contentHash, depth } of selection.shown)
    if (depth === "full" && texts.has(path)) seen.add(contentHash);
  const schemaText = await describeCodeSchema({ codeSchema, prompt: request.prompt, maxTokens: schemaTokens });
  return { ...extracted, start: { ...start, seen }, budget, selection, texts, schemaText };
}
