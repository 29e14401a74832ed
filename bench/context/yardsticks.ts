/** A yardstick's data about one file: plain words with counts, and the declared names. */
export type PlainFile = { words: ReadonlyMap<string, number>; wordCount: number; declares: readonly string[] };

/** The words of a text as search engines split them without language rules: runs of letters, digits and underscores. */
export function countPlainWords(text: string): { words: Map<string, number>; wordCount: number } {
  const words = new Map<string, number>();
  let wordCount = 0;
  for (const [word] of text.matchAll(/\w{2,}/g)) {
    const key = word.toLowerCase();
    words.set(key, (words.get(key) ?? 0) + 1);
    wordCount += 1;
  }
  return { words, wordCount };
}

/** Okapi BM25 over file contents with its usual constants (k1 1.2, b 0.75). Paths sorted by score. */
export function rankByBm25({ prompt, files }: { prompt: string; files: ReadonlyMap<string, PlainFile> }): string[] {
  const query = [...countPlainWords(prompt).words.keys()];
  const average = [...files.values()].reduce((total, { wordCount }) => total + wordCount, 0) / Math.max(1, files.size);
  const rarity = new Map(
    query.map((word) => {
      let documents = 0;
      for (const { words } of files.values()) if (words.has(word)) documents += 1;
      return [word, Math.log(1 + (files.size - documents + 0.5) / (documents + 0.5))];
    }),
  );
  const score = ({ words, wordCount }: PlainFile) =>
    query.reduce((total, word) => {
      const count = words.get(word) ?? 0;
      return total + ((rarity.get(word) ?? 0) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * wordCount) / average));
    }, 0);
  return orderBy(files, score);
}

/**
 * A repository map like Aider's: edges lead from files to those that declare the identifiers they use, and PageRank,
 * personalised on what the prompt mentions, ranks them. Weights follow aider/repomap.py (0.86).
 */
export function rankByPageRank({ prompt, files }: { prompt: string; files: ReadonlyMap<string, PlainFile> }): string[] {
  const mentioned = countPlainWords(prompt).words;
  const declaredIn = new Map<string, string[]>();
  for (const [path, { declares }] of files)
    for (const name of declares)
      declaredIn.set(name.toLowerCase(), [...(declaredIn.get(name.toLowerCase()) ?? []), path]);
  const paths = [...files.keys()];
  const positions = new Map(paths.map((path, at) => [path, at]));
  const edges: { from: number; to: number; weight: number }[] = [];
  for (const [path, { words }] of files) {
    for (const [word, count] of words) {
      const definers = declaredIn.get(word);
      if (definers === undefined || definers.length > 20) continue;
      const weight =
        Math.sqrt(count) *
        (mentioned.has(word) ? 10 : 1) *
        (word.length >= 8 ? 10 : 1) *
        (word.startsWith("_") ? 0.1 : 1) *
        (definers.length > 5 ? 0.1 : 1);
      for (const definer of definers)
        if (definer !== path) edges.push({ from: positions.get(path) ?? 0, to: positions.get(definer) ?? 0, weight });
    }
  }
  const personal = paths.map((path) => (path.split(/[/.]/).some((part) => mentioned.has(part.toLowerCase())) ? 1 : 0));
  const ranks = powerIterate({ count: paths.length, edges, personal });
  return orderBy(files, (_, path) => ranks[positions.get(path) ?? 0] ?? 0);
}

function powerIterate({
  count,
  edges,
  personal,
}: {
  count: number;
  edges: readonly { from: number; to: number; weight: number }[];
  personal: readonly number[];
}): Float64Array {
  const out = new Float64Array(count);
  for (const { from, weight } of edges) out[from] = (out[from] ?? 0) + weight;
  const total = personal.reduce((sum, value) => sum + value, 0);
  const jump = personal.map((value) => (total === 0 ? 1 / count : value / total));
  let ranks = Float64Array.from(jump);
  for (let round = 0; round < 40; round += 1) {
    const next = Float64Array.from(jump, (value) => 0.15 * value);
    let dangling = 0;
    for (let at = 0; at < count; at += 1) if ((out[at] ?? 0) === 0) dangling += ranks[at] ?? 0;
    for (const { from, to, weight } of edges)
      next[to] = (next[to] ?? 0) + (0.85 * (ranks[from] ?? 0) * weight) / (out[from] ?? 1);
    for (let at = 0; at < count; at += 1) next[at] = (next[at] ?? 0) + 0.85 * dangling * (jump[at] ?? 0);
    ranks = next;
  }
  return ranks;
}

function orderBy(files: ReadonlyMap<string, PlainFile>, score: (file: PlainFile, path: string) => number): string[] {
  return [...files]
    .map(([path, file]) => ({ path, score: score(file, path) }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}
