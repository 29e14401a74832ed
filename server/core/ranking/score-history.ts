import { hashWord } from "./hash-word.ts";
import type { Query } from "./read-query.ts";
import { splitWords } from "./split-words.ts";

/** A past change of the project: its prompt and the files that it changed. Newest first in lists. */
export type EarlierChange = { prompt: string; paths: readonly string[] };

/** The weight halves with every 20 changes since the file's last one. */
export function scoreRecency(history: readonly EarlierChange[]): Map<string, number> {
  const scores = new Map<string, number>();
  for (const [age, { paths }] of history.entries()) {
    for (const path of paths) if (!scores.has(path)) scores.set(path, 2 ** (-age / 20));
  }
  return scores;
}

/** Files changed for similar prompts, weighted by the share of words that the prompts have in common. */
export function scoreSimilar({
  query,
  history,
}: {
  query: Query;
  history: readonly EarlierChange[];
}): Map<string, number> {
  const scores = new Map<string, number>();
  if (query.words.length === 0) return scores;
  for (const { prompt, paths } of history) {
    const words = new Set(splitWords(prompt).map(hashWord));
    let shared = 0;
    for (const word of words) if (query.wordSet.has(word)) shared += 1;
    if (shared === 0) continue;
    const similarity = shared / Math.sqrt(words.size * query.words.length);
    if (similarity < 0.2) continue;
    for (const path of paths) {
      const share = (similarity * similarity) / Math.sqrt(paths.length);
      scores.set(path, Math.min(1, (scores.get(path) ?? 0) + share));
    }
  }
  return scores;
}
