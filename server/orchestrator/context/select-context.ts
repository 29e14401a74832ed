import type { ContentHash, FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { ShownFile } from "#lib/contracts/runs/context-receipt.ts";
import { chooseFiles, type ChosenFile, type FileChoice } from "#server/core/context/choose-files.ts";
import { countTokens, bytesPerToken } from "#server/core/context/count-tokens.ts";
import { listRuleFiles } from "#server/core/context/list-rule-files.ts";
import type { ContextBudget } from "#server/core/context/plan-budget.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import type { WorkingTree } from "#server/core/merge/working-tree.ts";
import { cutParts, type FilePart } from "#server/core/ranking/cut-parts.ts";
import { measureRarity } from "#server/core/ranking/measure-rarity.ts";
import { rankFiles } from "#server/core/ranking/rank-files.ts";
import { readQuery } from "#server/core/ranking/read-query.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { loadCurrentContents } from "./load-current-contents.ts";
import type { RunDependencies } from "../ports.ts";

/** The files that a model is shown, without their texts, as stored on a run. */
export type ContextSelection = {
  shown: (Omit<ShownFile, "lines" | "depth"> & { depth: "full" | "part"; parts?: FilePart[] })[];
  nextBest: FileChoice["nextBest"];
  rulePaths: string[];
};

/** The number of earlier versions that ranking considers. */
const maxEarlierChanges = 200;
/** Added to each shown file: its tag with path and lines. */
const tagTokens = 12;

/**
 * Chooses the files that a model is shown for a prompt, and the parts of large ones, within `filesTokens`.
 * Deterministic for the same tree, prompt and history.
 */
export async function selectContext({
  prompt,
  tree,
  workingTree,
  historyOf,
  withheld,
  layers,
  budget,
  filesTokens,
  dependencies: { generations, fileIndexes },
}: {
  prompt: string;
  tree: FileTree;
  workingTree: WorkingTree;
  historyOf: GenerationId | null;
  /** Files that are not shown because they contain a secret. */
  withheld: ReadonlyMap<FilePath, unknown>;
  /** Files with a layer of a concept that the prompt names, and the layer in words. */
  layers: ReadonlyMap<string, string>;
  budget: ContextBudget;
  filesTokens: number;
  dependencies: Pick<RunDependencies, "generations" | "fileIndexes">;
}): Promise<ContextSelection> {
  const loadContents = (hashes: Iterable<ContentHash>) => loadCurrentContents({ workingTree, generations, hashes });
  const indexes = await fileIndexes.read({ tree, loadContents });
  const history =
    historyOf === null
      ? []
      : await generations.listEarlierChanges({ generationId: historyOf, limit: maxEarlierChanges });
  const sizeTokens = (path: string) =>
    Math.ceil((tree.get(path as FilePath)?.sizeBytes ?? 0) / bytesPerToken) + tagTokens;
  const letOthersGo = startTimeSlices();
  const ranked = await rankFiles({ prompt, indexes, sizeTokens, history, layers, letOthersGo });
  const rulePaths = listRuleFiles({
    paths: [...tree.keys()].filter((path) => !withheld.has(path)),
    shownPaths: ranked.slice(0, 10).map(({ path }) => path),
  });
  const rules = new Set(rulePaths);
  const { chosen, nextBest } = chooseFiles({
    ranked: ranked.filter(({ path }) => !rules.has(path) && !withheld.has(path as FilePath)),
    sizeTokens,
    budgetTokens: filesTokens,
  });
  const rarity = await measureRarity({ words: readQuery(prompt).words, indexes, letOthersGo });
  const partTexts = await loadTexts({ paths: chosen.filter(({ depth }) => depth === "part"), tree, loadContents });
  const shown = chosen.flatMap((file): ContextSelection["shown"] => {
    const path = file.path as FilePath;
    const contentHash = tree.get(path)?.contentHash;
    if (contentHash === undefined) return [];
    if (file.depth === "full")
      return [{ path, contentHash, depth: "full", tokens: sizeTokens(path), reason: file.reason }];
    const text = partTexts.get(path);
    if (text === undefined) return [];
    const parts = cutParts({ text, prompt, rarity, maxTokens: file.maxTokens - 2 * tagTokens, countTokens });
    if (parts.length === 0) return [];
    return [{ path, contentHash, depth: "part", tokens: file.maxTokens, reason: file.reason, parts }];
  });
  return { shown, nextBest, rulePaths: fitRules({ rulePaths, sizeTokens, maxTokens: budget.rulesTokens }) };
}

/** The texts of files, by path, without files that are not text. */
export async function loadTexts({
  paths,
  tree,
  loadContents,
}: {
  paths: readonly Pick<ChosenFile, "path">[];
  tree: FileTree;
  loadContents: (hashes: Iterable<ContentHash>) => Promise<ReadonlyMap<ContentHash, Uint8Array>>;
}): Promise<Map<FilePath, string>> {
  const entries = paths.flatMap(({ path }) => {
    const entry = tree.get(path as FilePath);
    return entry === undefined ? [] : [[path as FilePath, entry.contentHash] as const];
  });
  const contents = await loadContents(entries.map(([, hash]) => hash));
  return new Map(
    entries.flatMap(([path, hash]) => {
      const bytes = contents.get(hash);
      const text = bytes === undefined ? null : decodeText(bytes);
      return text === null ? [] : [[path, text] as const];
    }),
  );
}

/** A rule file that does not fit is omitted: half a rule could mean the opposite. */
function fitRules({
  rulePaths,
  sizeTokens,
  maxTokens,
}: {
  rulePaths: readonly string[];
  sizeTokens: (path: string) => number;
  maxTokens: number;
}): string[] {
  let usedTokens = 0;
  return rulePaths.filter((path) => {
    if (usedTokens + sizeTokens(path) > maxTokens) return false;
    usedTokens += sizeTokens(path);
    return true;
  });
}
