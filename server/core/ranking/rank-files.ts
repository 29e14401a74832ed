import { countWord, includesHash, type FileIndex } from "./file-index.ts";
import { describePath } from "./describe-path.ts";
import type { FileKind } from "./find-file-kind.ts";
import { hashWord } from "./hash-word.ts";
import { measureRarity } from "./measure-rarity.ts";
import { readQuery, type Query } from "./read-query.ts";
import { scoreRecency, scoreSimilar, type EarlierChange } from "./score-history.ts";
import { linkFileByFile, type ImportLinks } from "./link-imports.ts";
import { splitWords } from "./split-words.ts";

export type RankedFile = {
  path: string;
  score: number;
  /** The evidence behind the score, strongest first, in words for the context receipt. */
  reasons: string[];
};

/** The weight of each kind of evidence. Tuned on the histories of public repositories; see `npm run bench:context`. */
const rankingWeights = {
  content: 0.4,
  coverage: 0.9,
  path: 1.2,
  named: 2.5,
  identifier: 0.2,
  symbols: 0.35,
  imports: 0.55,
  recent: 0.25,
  together: 0.1,
  similar: 0.96,
  layers: 0.12,
  thrift: 0.12,
};
type RankingWeights = typeof rankingWeights;

/** Saturation and length normalisation of BM25 (Robertson and Zaragoza, 2009). */
const saturation = 1.2;
const lengthNormalisation = 0.6;

const bestCount = 25;
const maxEarlierChanges = 400;

/**
 * Ranks the files of a tree by the evidence that a prompt is about them: words of content, path and declared names;
 * files and identifiers that the prompt names; imports of and by the best files; and earlier changes. Deterministic.
 * `sizeTokens` is the size of each file, used to prefer small files among likely ones.
 */
export async function rankFiles({
  prompt,
  indexes,
  sizeTokens,
  history: wholeHistory,
  weights = rankingWeights,
  letOthersGo,
  links,
  layers = new Map(),
}: {
  prompt: string;
  indexes: ReadonlyMap<string, FileIndex>;
  sizeTokens: (path: string) => number;
  history: readonly EarlierChange[];
  weights?: RankingWeights;
  /** Awaited after each file, so that other work of the process can run. */
  letOthersGo: () => Promise<void>;
  /** The result of `linkImports`, if the caller has it. */
  links?: ImportLinks;
  /** Files with a layer of a concept that the prompt names, and the layer in words. */
  layers?: ReadonlyMap<string, string>;
}): Promise<RankedFile[]> {
  const history = wholeHistory.slice(0, maxEarlierChanges);
  const query = readQuery(prompt);
  const paths = [...indexes.keys()];
  const content = await scoreContents({ query, indexes, letOthersGo });
  const pathScores = await scorePaths({ query, paths, letOthersGo });
  const recency = scoreRecency(history);
  const similar = scoreSimilar({ query, history });
  const evidence = new Map<string, Evidence>();
  for (const path of paths) {
    const index = indexes.get(path);
    if (index === undefined) continue;
    const named = findNaming({ prompt, path });
    const identifier = query.identifiers.some((hash) => includesHash(index.symbols, hash)) ? 1 : 0;
    evidence.set(path, {
      content: content.get(path)?.score ?? 0,
      coverage: content.get(path)?.coverage ?? 0,
      path: pathScores.get(path) ?? 0,
      named,
      identifier,
      symbols: coverWords({ query, covers: (word) => includesHash(index.symbolWords, word) }),
      imports: 0,
      recent: recency.get(path) ?? 0,
      together: 0,
      similar: similar.get(path) ?? 0,
      layers: layers.has(path) ? 1 : 0,
    });
    await letOthersGo();
  }
  const total = (path: string): number => {
    const found = evidence.get(path);
    if (found === undefined) return -Infinity;
    let score = 0;
    for (const key of evidenceKinds) score += weights[key] * found[key];
    return (
      score * weighKind({ kind: describePath(path).kind, query }) - weights.thrift * Math.log(30 + sizeTokens(path))
    );
  };
  const best = (await scoreAll({ paths, total, letOthersGo })).slice(0, bestCount);
  spreadImports({ best, links: links ?? (await linkInTurns({ indexes, letOthersGo })), evidence });
  spreadTogether({ best, history, evidence });
  const ranked: RankedFile[] = [];
  for (const { path, score } of await scoreAll({ paths, total, letOthersGo })) {
    ranked.push({ path, score, reasons: explain({ evidence: evidence.get(path), weights, layer: layers.get(path) }) });
    await letOthersGo();
  }
  return ranked;
}

async function linkInTurns({
  indexes,
  letOthersGo,
}: {
  indexes: ReadonlyMap<string, FileIndex>;
  letOthersGo: () => Promise<void>;
}): Promise<ImportLinks> {
  const steps = linkFileByFile(indexes);
  let step = steps.next();
  while (step.done !== true) {
    await letOthersGo();
    step = steps.next();
  }
  return step.value;
}

/** Paths with their scores, highest first. */
async function scoreAll({
  paths,
  total,
  letOthersGo,
}: {
  paths: readonly string[];
  total: (path: string) => number;
  letOthersGo: () => Promise<void>;
}): Promise<{ path: string; score: number }[]> {
  const scored: { path: string; score: number }[] = [];
  for (const path of paths) {
    scored.push({ path, score: total(path) });
    await letOthersGo();
  }
  return scored.sort((a, b) => b.score - a.score || compare(a.path, b.path));
}

type Evidence = Record<Exclude<keyof RankingWeights, "thrift">, number>;
const evidenceKinds = [
  "named",
  "path",
  "content",
  "coverage",
  "symbols",
  "identifier",
  "imports",
  "together",
  "similar",
  "layers",
  "recent",
] as const satisfies readonly (keyof Evidence)[];

const reasonWords: Record<keyof Evidence, string> = {
  named: "named in the prompt",
  path: "its path has words of the prompt",
  content: "its text has words of the prompt",
  coverage: "its text has the rare words of the prompt",
  symbols: "declares names with words of the prompt",
  identifier: "declares a name that the prompt has",
  imports: "imports or is imported by likely files",
  together: "changed together with likely files before",
  similar: "changed for similar prompts before",
  layers: "holds a layer of what the prompt names",
  recent: "changed lately",
};

function explain({
  evidence,
  weights,
  layer,
}: {
  evidence: Evidence | undefined;
  weights: RankingWeights;
  layer: string | undefined;
}): string[] {
  if (evidence === undefined) return [];
  return evidenceKinds
    .map((kind) => ({ kind, part: evidence[kind] * weights[kind] }))
    .filter(({ part }) => part >= 0.1)
    .sort((a, b) => b.part - a.part)
    .slice(0, 3)
    .map(({ kind }) => (kind === "layers" ? (layer ?? reasonWords.layers) : reasonWords[kind]));
}

/** BM25 over stemmed words, as a share of the maximum, and the share of the prompt's rarity that a file covers. */
async function scoreContents({
  query,
  indexes,
  letOthersGo,
}: {
  query: Query;
  indexes: ReadonlyMap<string, FileIndex>;
  letOthersGo: () => Promise<void>;
}): Promise<Map<string, { score: number; coverage: number }>> {
  let totalWords = 0;
  const frequencies = new Map<string, number[]>();
  for (const [path, index] of indexes) {
    totalWords += index.wordCount;
    frequencies.set(
      path,
      query.words.map((word) => countWord({ index, word })),
    );
    await letOthersGo();
  }
  const averageWords = Math.max(1, totalWords / Math.max(1, indexes.size));
  const rarities = query.words.map(await measureRarity({ words: query.words, indexes, letOthersGo }));
  const totalRarity = Math.max(1e-9, sum(rarities));
  const scores = new Map<string, { score: number; coverage: number }>();
  const highest = totalRarity * (saturation + 1);
  for (const [path, index] of indexes) {
    const counts = frequencies.get(path) ?? [];
    const length = 1 - lengthNormalisation + lengthNormalisation * (index.wordCount / averageWords);
    let score = 0;
    let covered = 0;
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const rarity = rarities[at] ?? 0;
      score += (rarity * count * (saturation + 1)) / (count + saturation * length);
      covered += rarity;
    }
    scores.set(path, { score: score / highest, coverage: covered / totalRarity });
    await letOthersGo();
  }
  return scores;
}

/** Words of the prompt in the path, weighted by their rarity among paths; the file name counts three times. */
async function scorePaths({
  query,
  paths,
  letOthersGo,
}: {
  query: Query;
  paths: readonly string[];
  letOthersGo: () => Promise<void>;
}): Promise<Map<string, number>> {
  const segments = new Map<string, { directories: Set<number>; name: Set<number> }>();
  const documentCounts = new Map<number, number>();
  for (const path of paths) {
    await letOthersGo();
    const { nameWords, directoryWords } = describePath(path);
    const name = new Set(nameWords.filter((word) => query.wordSet.has(word)));
    const directories = new Set(directoryWords.filter((word) => query.wordSet.has(word)));
    if (name.size === 0 && directories.size === 0) continue;
    segments.set(path, { directories, name });
    for (const word of new Set([...directories, ...name]))
      documentCounts.set(word, (documentCounts.get(word) ?? 0) + 1);
  }
  const rarity = (word: number) => Math.log(1 + paths.length / (documentCounts.get(word) ?? 1));
  const total = Math.max(1e-9, sum([...documentCounts.keys()].map(rarity)));
  const scores = new Map<string, number>();
  for (const [path, { directories, name }] of segments) {
    let score = 0;
    for (const word of name) score += 3 * rarity(word);
    for (const word of directories) if (!name.has(word)) score += rarity(word);
    scores.set(path, Math.min(1, score / (2 * total)));
  }
  return scores;
}

/** 1 for a path in the prompt, 0.8 for a file name, 0.5 for a name without extension unless it is an ordinary word. */
function findNaming({ prompt, path }: { prompt: string; path: string }): number {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.[^.]+$/, "");
  if (path.includes("/") && includesWhole(prompt, path)) return 1;
  if (name.includes(".") && includesWhole(prompt, name)) return 0.8;
  return /[A-Z_-]/.test(stem.slice(1)) && stem.length >= 5 && includesWhole(prompt, stem) ? 0.5 : 0;
}

function includesWhole(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + part.length] ?? " ";
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}

function coverWords({ query, covers }: { query: Query; covers: (word: number) => boolean }): number {
  if (query.words.length === 0) return 0;
  let covered = 0;
  for (const word of query.words) if (covers(word)) covered += 1;
  return covered / query.words.length;
}

type Best = readonly { path: string; score: number }[];

/** Files that import the best ones or are imported by them; a hub that everything imports counts little. */
function spreadImports({
  best,
  links,
  evidence,
}: {
  best: Best;
  links: ImportLinks;
  evidence: Map<string, Evidence>;
}): void {
  for (const [rank, { path }] of best.entries()) {
    const neighbours = links.get(path);
    if (neighbours === undefined) continue;
    const weight = 1 / (1 + rank / 5) / Math.sqrt(1 + neighbours.size / 4);
    for (const neighbour of neighbours) {
      const found = evidence.get(neighbour);
      if (found !== undefined) found.imports = Math.min(1, found.imports + weight / 2);
    }
  }
}

/** Files that past changes modified together with the best ones. Sweeping changes count less. */
function spreadTogether({
  best,
  history,
  evidence,
}: {
  best: Best;
  history: readonly EarlierChange[];
  evidence: Map<string, Evidence>;
}): void {
  const rankByPath = new Map(best.slice(0, 10).map(({ path }, rank) => [path, rank]));
  const changesOfBest = new Map<string, number>();
  const relevant = history.filter(({ paths }) => paths.length > 1 && paths.length <= 40);
  for (const { paths } of relevant)
    for (const path of paths) if (rankByPath.has(path)) changesOfBest.set(path, (changesOfBest.get(path) ?? 0) + 1);
  for (const { paths } of relevant) {
    for (const path of paths) {
      const rank = rankByPath.get(path);
      if (rank === undefined) continue;
      const weight = 1 / (1 + rank / 3) / ((changesOfBest.get(path) ?? 1) + 1) / Math.sqrt(paths.length / 2);
      for (const other of paths) {
        const found = other === path ? undefined : evidence.get(other);
        if (found !== undefined) found.together = Math.min(1, found.together + weight);
      }
    }
  }
}

const askedKinds: Partial<Record<FileKind, readonly number[]>> = {
  test: ["test", "tests", "spec", "coverage", "e2e", "fixture"].flatMap(splitWords).map(hashWord),
  documentation: ["doc", "docs", "documentation", "readme", "changelog", "guide", "typo", "example"]
    .flatMap(splitWords)
    .map(hashWord),
  translation: ["translation", "translate", "locale", "language", "i18n", "wording"].flatMap(splitWords).map(hashWord),
  migration: ["migration", "migrate", "schema", "column", "table", "database"].flatMap(splitWords).map(hashWord),
};
const kindFactors: Record<FileKind, number> = {
  source: 1,
  configuration: 0.9,
  test: 0.75,
  documentation: 0.6,
  translation: 0.6,
  migration: 0.5,
  generated: 0.1,
};

function weighKind({ kind, query }: { kind: FileKind; query: Query }): number {
  return askedKinds[kind]?.some((word) => query.wordSet.has(word)) === true ? 1 : kindFactors[kind];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
