import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { FilePath } from "#lib/contracts/ids.ts";
import { chooseFiles } from "#server/core/context/choose-files.ts";
import { findLayerFiles } from "#server/core/context/find-layer-files.ts";
import { cutParts, readPart } from "#server/core/ranking/cut-parts.ts";
import { buildFileIndex, type FileIndex } from "#server/core/ranking/file-index.ts";
import { linkImports } from "#server/core/ranking/link-imports.ts";
import { measureRarity } from "#server/core/ranking/measure-rarity.ts";
import { rankFiles, type RankedFile } from "#server/core/ranking/rank-files.ts";
import { readQuery } from "#server/core/ranking/read-query.ts";
import { assembleCodeSchema } from "#server/core/schema-extraction/assemble-code-schema.ts";
import { extractFileFacts, type FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import { isSchemaSource } from "#server/core/schema-extraction/is-schema-source.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { BlobReader, listContextCases, type ContextCase } from "./git-cases.ts";
import { countPlainWords, rankByBm25, rankByPageRank, type PlainFile } from "./yardsticks.ts";
import { findDeclaredSymbols } from "#server/core/ranking/find-declared-symbols.ts";

/**
 * Measures how much of a commit's modified code a model would have been shown, at four budgets: each commit is an
 * iteration on its parent, with the first line of its message as the prompt. Uses the project's own history if no
 * folder of repositories is given.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: "string", default: "25" } },
});
const budgets = [4_000, 8_000, 16_000, 32_000];
const bytesPerToken = 4;

const rowNames = {
  pageRank: "PageRank map (yardstick)",
  bm25: "BM25 over contents (yardstick)",
  plain: "Graft without history",
  flat: "Graft with history, layers not linked",
  graft: "Graft with history, whole files",
  full: "Graft with parts: in full",
  any: "Graft with parts: at least in part",
  places: "Graft with parts: changed places shown",
  bound: "upper bound with whole files",
} as const;
type RowName = keyof typeof rowNames;
type Shares = Record<RowName, number[]>;

const parser = await loadSourceParser();
const repositories = listRepositories(resolve(positionals[0] ?? "."));
const all: Shares[] = [];
let placesPerThousand = 0;
let caseCount = 0;
let rankMs = 0;
let layeredCount = 0;
for (const repository of repositories) {
  const perCase = await measureRepository(repository);
  if (perCase.length === 0) continue;
  const mean = average(perCase);
  all.push(mean);
  caseCount += perCase.length;
  print({ title: `${repository.split("/").slice(-2).join("/")} (${perCase.length} cases)`, shares: mean });
}
print({ title: `mean of ${all.length} repositories, ${caseCount} cases`, shares: average(all) });
console.log(`the prompt names a thing of the code schema in ${layeredCount} of ${caseCount} cases`);
console.log(
  `ranking: ${(rankMs / Math.max(1, caseCount)).toFixed(1)} ms a case; changed places shown per 1,000 tokens at 8k: ${(placesPerThousand / Math.max(1, caseCount)).toFixed(2)}`,
);

async function measureRepository(repository: string): Promise<Shares[]> {
  const reader = new BlobReader(repository);
  const known = new Map<string, { index: FileIndex; plain: PlainFile; facts: FileFacts | null } | null>();
  const results: Shares[] = [];
  for (const context of listContextCases({ repository, maxCases: Number(values.cases) })) {
    const indexes = new Map<string, FileIndex>();
    const plainFiles = new Map<string, PlainFile>();
    const facts = new Map<FilePath, FileFacts>();
    for (const [path, { blob }] of context.files) {
      const key = `${blob} ${path}`;
      let read = known.get(key);
      if (read === undefined) {
        const text = await reader.read(blob);
        read =
          text === null
            ? null
            : {
                index: buildFileIndex({ path, text }),
                plain: { ...countPlainWords(text), declares: findDeclaredSymbols({ path, text }) },
                facts: isSchemaSource(path) ? extractFileFacts({ path: path as FilePath, text, parser }) : null,
              };
        known.set(key, read);
      }
      if (read === null) continue;
      indexes.set(path, read.index);
      plainFiles.set(path, read.plain);
      if (read.facts !== null) facts.set(path as FilePath, read.facts);
    }
    const layers = findLayerFiles({ codeSchema: assembleCodeSchema(facts), prompt: context.prompt });
    if (layers.size > 0) layeredCount += 1;
    results.push(await measureCase({ context, indexes, plainFiles, layers, reader }));
  }
  reader.close();
  return results;
}

async function measureCase({
  context,
  indexes,
  plainFiles,
  layers,
  reader,
}: {
  context: ContextCase;
  indexes: ReadonlyMap<string, FileIndex>;
  plainFiles: ReadonlyMap<string, PlainFile>;
  /** Files with a layer of a concept that the prompt names. */
  layers: ReadonlyMap<string, string>;
  reader: BlobReader;
}): Promise<Shares> {
  const { prompt, files, truth, history } = context;
  const sizeTokens = (path: string) => Math.ceil((files.get(path)?.sizeBytes ?? 0) / bytesPerToken);
  const letOthersGo = async () => undefined;
  const links = linkImports(indexes);
  const startedMs = performance.now();
  const ranked = await rankFiles({ prompt, indexes, sizeTokens, history, links, layers, letOthersGo });
  rankMs += performance.now() - startedMs;
  const plain = await rankFiles({ prompt, indexes, sizeTokens, history: [], links, layers, letOthersGo });
  const flat = await rankFiles({ prompt, indexes, sizeTokens, history, links, letOthersGo });
  const inFull = (order: readonly string[]) =>
    budgets.map((budget) => shareShown({ truth, shown: pack({ order, sizeTokens, budget }) }));
  const parts: Awaited<ReturnType<typeof measureParts>>[] = [];
  for (const budget of budgets)
    parts.push(await measureParts({ context, ranked, indexes, sizeTokens, budget, reader }));
  placesPerThousand += parts[1]?.placesPerThousand ?? 0;
  return {
    pageRank: inFull(rankByPageRank({ prompt, files: plainFiles })),
    bm25: inFull(rankByBm25({ prompt, files: plainFiles })),
    plain: inFull(plain.map(({ path }) => path)),
    flat: inFull(flat.map(({ path }) => path)),
    graft: inFull(ranked.map(({ path }) => path)),
    full: parts.map(({ full }) => full),
    any: parts.map(({ any }) => any),
    places: parts.map(({ places }) => places),
    bound: inFull([...truth.keys()].sort((a, b) => sizeTokens(a) - sizeTokens(b))),
  };
}

function pack({
  order,
  sizeTokens,
  budget,
}: {
  order: readonly string[];
  sizeTokens: (path: string) => number;
  budget: number;
}): Set<string> {
  const shown = new Set<string>();
  let usedTokens = 0;
  for (const path of order) {
    if (usedTokens + sizeTokens(path) > budget) continue;
    usedTokens += sizeTokens(path);
    shown.add(path);
  }
  return shown;
}

async function measureParts({
  context: { prompt, files, truth },
  ranked,
  indexes,
  sizeTokens,
  budget,
  reader,
}: {
  context: ContextCase;
  ranked: readonly RankedFile[];
  indexes: ReadonlyMap<string, FileIndex>;
  sizeTokens: (path: string) => number;
  budget: number;
  reader: BlobReader;
}): Promise<{ full: number; any: number; places: number; placesPerThousand: number }> {
  const { chosen } = chooseFiles({ ranked, sizeTokens, budgetTokens: budget });
  const rarity = await measureRarity({ words: readQuery(prompt).words, indexes, letOthersGo: async () => undefined });
  let full = 0;
  let any = 0;
  let shownPlaces = 0;
  let allPlaces = 0;
  for (const places of truth.values()) allPlaces += places.length;
  for (const { path, depth, maxTokens } of chosen) {
    const places = truth.get(path);
    if (places === undefined) continue;
    if (depth === "full") {
      full += 1;
      any += 1;
      shownPlaces += places.length;
      continue;
    }
    const text = (await reader.read(files.get(path)?.blob ?? "")) ?? "";
    const parts = cutParts({
      text,
      prompt,
      rarity,
      maxTokens,
      countTokens: (part) => Math.ceil(Buffer.byteLength(part) / 4),
    });
    const seen = places.filter(({ first, last }) =>
      parts.some(({ firstLine, lastLine }) => first >= firstLine && last <= lastLine),
    );
    if (parts.length > 0) any += 1;
    shownPlaces += seen.length;
    if (parts.some((part) => readPart({ text, part }) === "")) throw new Error(`An empty part of ${path}`);
  }
  return {
    full: full / truth.size,
    any: any / truth.size,
    places: allPlaces === 0 ? 0 : shownPlaces / allPlaces,
    placesPerThousand: (1_000 * shownPlaces) / budget,
  };
}

function shareShown({ truth, shown }: { truth: ContextCase["truth"]; shown: ReadonlySet<string> }): number {
  let count = 0;
  for (const path of truth.keys()) if (shown.has(path)) count += 1;
  return count / truth.size;
}

function average(list: readonly Shares[]): Shares {
  const names = Object.keys(rowNames) as RowName[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      budgets.map((_, at) => list.reduce((sum, shares) => sum + (shares[name][at] ?? 0), 0) / Math.max(1, list.length)),
    ]),
  ) as Shares;
}

function print({ title, shares }: { title: string; shares: Shares }): void {
  console.log(`\n${title}\n${"share of the modified files shown, macro %".padEnd(44)}    4k    8k   16k   32k`);
  for (const name of Object.keys(rowNames) as RowName[])
    console.log(
      `${rowNames[name].padEnd(44)}${shares[name].map((share) => (100 * share).toFixed(0).padStart(6)).join("")}`,
    );
}

/** The folder itself if it is a repository, else the repositories in it, at most two levels deep. */
function listRepositories(folder: string): string[] {
  const isRepository = (path: string) => existsSync(join(path, ".git")) || existsSync(join(path, "objects"));
  if (isRepository(folder)) return [folder];
  const below = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => join(path, name));
  return below(folder)
    .flatMap((path) => (isRepository(path) ? [path] : below(path).filter(isRepository)))
    .sort();
}
