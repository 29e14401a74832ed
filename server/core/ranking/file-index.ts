import { collapseBlanks } from "./collapse-blanks.ts";
import { findDeclaredSymbols } from "./find-declared-symbols.ts";
import { findImportSpecifiers } from "./find-import-specifiers.ts";
import { hashWord } from "./hash-word.ts";
import { splitWords } from "./split-words.ts";

/**
 * The facts about one file's content that ranking uses. They depend only on path and text, so they are stored by
 * content hash. Words are 32-bit hashes in ascending order: an index of 5,000 files takes about 10 MB, and a word is
 * found by bisection.
 */
export type FileIndex = {
  /** The number of words in the indexed text, including repetitions. */
  wordCount: number;
  words: Uint32Array;
  /** How often each of `words` occurs, at most 255. */
  frequencies: Uint8Array;
  /** Words of the declared names, ascending. */
  symbolWords: Uint32Array;
  /** The whole declared names, ascending. */
  symbols: Uint32Array;
  /** The modules that the file imports, as written. */
  imports: string[];
};

/** A larger file is data or generated; its start shows what it is about. */
const maxIndexedCharacters = 400_000;

/** Builds the index of one file. The work is linear in the text. Never throws. */
export function buildFileIndex({ path, text }: { path: string; text: string }): FileIndex {
  const indexed = text.slice(0, maxIndexedCharacters);
  const counts = new Map<number, number>();
  let wordCount = 0;
  for (const word of splitWords(indexed)) {
    const hash = hashWord(word);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
    wordCount += 1;
  }
  const words = Uint32Array.from(counts.keys()).sort();
  const frequencies = Uint8Array.from(words, (hash) => Math.min(255, counts.get(hash) ?? 0));
  const dense = collapseBlanks(indexed);
  const symbols = findDeclaredSymbols({ path, text: dense });
  return {
    wordCount,
    words,
    frequencies,
    symbolWords: toSortedHashes(symbols.flatMap((name) => splitWords(name))),
    symbols: toSortedHashes(symbols),
    imports: findImportSpecifiers({ path, text: dense }),
  };
}

/** How often a word occurs in the file. */
export function countWord({ index, word }: { index: FileIndex; word: number }): number {
  const at = bisect(index.words, word);
  return at === -1 ? 0 : (index.frequencies[at] ?? 0);
}

export function includesHash(sorted: Uint32Array, hash: number): boolean {
  return bisect(sorted, hash) !== -1;
}

function bisect(sorted: Uint32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] ?? 0;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function toSortedHashes(words: readonly string[]): Uint32Array {
  return Uint32Array.from(new Set(words.map(hashWord))).sort();
}
