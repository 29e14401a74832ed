import type { ContentHash, FilePath } from "../ids.ts";

/** How much of a file the model was shown. `withheld`: skipped because it contains a secret. */
export type ContextDepth = "full" | "part" | "outline" | "withheld";

export type ShownFile = {
  path: FilePath;
  contentHash: ContentHash;
  depth: ContextDepth;
  tokens: number;
  /** Why the file was ranked as relevant, in words. */
  reason: string;
  /** The lines of a partly shown file: 1-based, inclusive. */
  lines?: { first: number; last: number }[];
};

/**
 * What the model is shown with a prompt, and the size of the request. Token counts are estimates at 4 bytes per token;
 * after the call the provider's reported usage is authoritative.
 */
export type ContextReceipt = {
  /** The token budget of the first request. */
  budgetTokens: number;
  /** The parts of the request in order. Their sum is the estimated input. */
  parts: { name: string; tokens: number }[];
  shown: ShownFile[];
  /** Files that ranked just below the shown ones, best first. */
  nextBest: { path: FilePath; reason: string }[];
  /** Files that are listed by name but not shown. */
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

/** Reads a stored receipt. Earlier versions of it listed every file and had no parts. */
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
