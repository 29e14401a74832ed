import type { ContentHash, FilePath } from "../ids.ts";

/** How much of a file the model was shown. `withheld`: left out because it holds a secret. */
export type ContextDepth = "full" | "part" | "outline" | "withheld";

export type ShownFile = {
  path: FilePath;
  contentHash: ContentHash;
  depth: ContextDepth;
  tokens: number;
  /** The evidence that the file is wanted, in words. */
  reason: string;
  /** The lines of a file that is shown in part: 1-based, inclusive. */
  lines?: { first: number; last: number }[];
};

/**
 * What the model is shown with a prompt, and what the request takes. Tokens are estimates at 4 bytes a token; the usage
 * that the provider reports is the truth afterwards.
 */
export type ContextReceipt = {
  /** What the first request may take in all. */
  budgetTokens: number;
  /** The parts of the request in their order; their sum is the estimate of its input. */
  parts: { name: string; tokens: number }[];
  shown: ShownFile[];
  /** Files that ranked just below those shown, best first. */
  nextBest: { path: FilePath; reason: string }[];
  /** Files that are named in the list of files and not shown. */
  namedCount: number;
  estimate: { inputTokens: number; costUsd?: number };
};

type EarlierReceipt = {
  budgetTokens: number;
  usedTokens: number;
  files: {
    path: FilePath;
    contentHash: ContentHash;
    visibility: "full" | "outline" | "name";
    tokens: number;
    reason: string;
  }[];
};

/** Reads a stored receipt. Those of earlier versions listed every file and had no parts. */
export function readContextReceipt(stored: unknown): ContextReceipt | null {
  if (stored === null || stored === undefined) return null;
  if (!isEarlier(stored)) return stored as ContextReceipt;
  const { budgetTokens, usedTokens, files } = stored;
  return {
    budgetTokens,
    parts: [{ name: "Files", tokens: usedTokens }],
    shown: files.flatMap(({ visibility, ...file }) => (visibility === "name" ? [] : [{ ...file, depth: visibility }])),
    nextBest: [],
    namedCount: files.filter(({ visibility }) => visibility === "name").length,
    estimate: { inputTokens: usedTokens },
  };
}

function isEarlier(stored: unknown): stored is EarlierReceipt {
  return typeof stored === "object" && stored !== null && "files" in stored;
}
