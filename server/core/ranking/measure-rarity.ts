import { includesHash, type FileIndex } from "./file-index.ts";

/**
 * The rarity of each word in a project (inverse document frequency). It is 0 for a word that no file has, which does
 * not distinguish files, and for words outside the query.
 */
export async function measureRarity({
  words,
  indexes,
  letOthersGo,
}: {
  words: readonly number[];
  indexes: ReadonlyMap<string, FileIndex>;
  /** Awaited after each file, so that other work of the process can run. */
  letOthersGo: () => Promise<void>;
}): Promise<(word: number) => number> {
  const documents = new Map<number, number>();
  for (const index of indexes.values()) {
    for (const word of words) if (includesHash(index.words, word)) documents.set(word, (documents.get(word) ?? 0) + 1);
    await letOthersGo();
  }
  return (word) => {
    const count = documents.get(word) ?? 0;
    return count === 0 ? 0 : Math.log(1 + (indexes.size - count + 0.5) / (count + 0.5));
  };
}
