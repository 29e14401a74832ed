import type { FilePath } from "#lib/contracts/ids.ts";
import type { ContextReceipt, ContextVisibility } from "#lib/contracts/run.ts";
import { isTextFile, type FileEntry, type FileTree } from "#server/core/file-tree.ts";

/** Source and JSON measure 3.2 to 4.4 bytes a token with current tokenizers; 4 is the usual estimate. */
export const bytesPerToken = 4;

/** A larger file is worth reading in parts, by tool, and not in every prompt. */
const maxFullBytes = 64_000;
const outlineTokens = 60;
const nameTokens = 12;

const generatedNames =
  /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Cargo\.lock|go\.sum|composer\.lock|.*\.min\.(js|css)|.*\.map|.*\.snap)$/;
const sourceNames =
  /\.(py|ts|tsx|mts|cts|js|jsx|mjs|cjs|prisma|sql|toml|ya?ml|json|css|html|md|txt|ini|cfg|sh)$|(^|\/)(Dockerfile|Makefile|\.env\.example)$/;
const centralNames =
  /(^|\/)(schema\.prisma|models?\.py|schemas?\.py|main\.py|database\.py|root\.ts|package\.json|requirements\.txt|pyproject\.toml)$|(^|\/)(models?|schemas?|routers?)\//;

/**
 * Chooses what the model is shown of each parent file: in full, in outline or by name, within `budgetTokens`. Files the
 * prompt names come first, then those whose path shares words with it, then central source files, then the small.
 */
export function chooseContext({
  tree,
  prompt,
  budgetTokens,
}: {
  tree: FileTree;
  prompt: string;
  budgetTokens: number;
}): ContextReceipt {
  const words = new Set(
    prompt
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu)
      ?.map(stem) ?? [],
  );
  const ranked = [...tree]
    .map(([path, entry]) => ({ path, entry, ...rank({ path, entry, prompt, words }) }))
    .sort((a, b) => b.score - a.score || a.entry.sizeBytes - b.entry.sizeBytes || (a.path < b.path ? -1 : 1));
  const namesTokens = tree.size * nameTokens;
  let usedTokens = namesTokens;
  const files: ContextReceipt["files"] = [];
  for (const { path, entry, score, reason } of ranked) {
    const fullTokens = Math.ceil(entry.sizeBytes / bytesPerToken);
    const canBeFull =
      isTextFile(entry) && score >= 0 && entry.sizeBytes <= maxFullBytes && usedTokens + fullTokens <= budgetTokens;
    const canBeOutlined = isTextFile(entry) && score >= 0 && usedTokens + outlineTokens <= budgetTokens;
    const visibility: ContextVisibility = canBeFull ? "full" : canBeOutlined ? "outline" : "name";
    const tokens = nameTokens + (visibility === "full" ? fullTokens : visibility === "outline" ? outlineTokens : 0);
    usedTokens += tokens - nameTokens;
    files.push({
      path,
      contentHash: entry.contentHash,
      visibility,
      tokens,
      reason: visibility === "full" || score < 0 ? reason : `${reason}; over the budget`,
    });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { budgetTokens, usedTokens, files };
}

function rank({
  path,
  entry,
  prompt,
  words,
}: {
  path: FilePath;
  entry: FileEntry;
  prompt: string;
  words: ReadonlySet<string>;
}): { score: number; reason: string } {
  if (entry.mode === "120000") return { score: -1, reason: "symbolic link" };
  if (entry.isBinary) return { score: -1, reason: "binary" };
  const baseName = path.slice(path.lastIndexOf("/") + 1);
  if (prompt.includes(path) || (baseName.includes(".") && prompt.includes(baseName)))
    return { score: 100, reason: "named in the prompt" };
  if (generatedNames.test(path)) return { score: -1, reason: "generated" };
  const shared =
    path
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu)
      ?.filter((word) => words.has(stem(word))).length ?? 0;
  if (shared > 0) return { score: 50 + shared, reason: "shares words with the prompt" };
  if (centralNames.test(path)) return { score: 30, reason: "central to the project" };
  if (sourceNames.test(path)) return { score: 10, reason: "source" };
  return { score: 1, reason: "other text" };
}

/** Folds a plural, so that "tasks" in a prompt finds `task.py`. */
function stem(word: string): string {
  return word.replace(/(?:ies|es|s)$/, "").replace(/y$/, "");
}
