import { createHash } from "node:crypto";
import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { decodeText } from "#server/core/file-content.ts";
import { isTextFile, type FileTree } from "#server/core/file-tree.ts";
import { assembleInSteps } from "#server/core/schema-extraction/assemble-code-schema.ts";
import { extractFileFacts, type FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import { listUnread } from "#server/core/schema-extraction/list-unread.ts";
import { isSchemaSource } from "#server/core/schema-extraction/is-schema-source.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { CodeSchemaReader } from "#server/orchestrator/ports.ts";
import type { Database } from "#server/store/database.ts";
import { createSharedResults } from "./shared-results.ts";
import { createTurns } from "#server/archive/turns.ts";
import { groupBySize } from "#server/threads/group-by-size.ts";
import { mapInThreads } from "#server/threads/map-in-threads.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";
import { runInSlices } from "#server/threads/time-slices.ts";
import { extractOnce, findFileFacts, type FileFactsKey } from "#server/store/contents/file-facts.ts";

/**
 * 20,000 classes in one file take about 7 s. A file that takes longer is generated, and counts as one without facts.
 */
const timeoutMs = 30_000;

/** The number of files whose facts a process caches: several projects of 5,000. */
const maxRemembered = 30_000;

/** Candidates read one tree at the same time, and a run reads the same tree as its preview. */
const maxKeptSchemas = 2;

/**
 * Files are extracted and stored in batches of this size: a worker that takes over a run continues after the last one,
 * and memory stays bounded. A file counts as at least `minFileBytes`, so a batch has at most 1,000 files.
 */
const batchBytes = 16_384_000;
const minFileBytes = 16_384;

/**
 * Reads code schemas. The facts of one file depend only on its path and content, so they are extracted once and stored;
 * an iteration parses only changed files.
 */
export function createCodeSchemaReader({
  database,
  sourceParser,
  threads,
}: {
  database: Database;
  sourceParser: SourceParser;
  threads: ThreadPool;
}): CodeSchemaReader {
  let remembered = new Map<string, FileFacts | null>();
  const whole = createSharedResults<CodeSchema>({ maxKept: maxKeptSchemas });
  // Each holds a database connection, and other requests need some.
  const extractionTurns = createTurns();

  async function readWhole({ tree, loadContents }: Parameters<CodeSchemaReader["read"]>[0]): Promise<CodeSchema> {
    const sources = listSources(tree);
    const facts = new Map<string, FileFacts | null>();
    const add = (read: FileFactsKey & { facts: FileFacts | null }) => facts.set(toKey(read), read.facts);
    const findUnread = () => sources.filter((source) => !facts.has(toKey(source)));

    for (const source of sources) {
      const known = remembered.get(toKey(source));
      if (known !== undefined) add({ ...source, facts: known });
    }
    const unknown = findUnread();
    if (unknown.length > 0) {
      for (const stored of await findFileFacts({ transaction: database.prisma, keys: unknown })) add(stored);
      const sizeOf = ({ path }: FileFactsKey) => Math.max(minFileBytes, tree.get(path)?.sizeBytes ?? 0);
      for (const keys of groupBySize({ items: findUnread(), sizeOf, maxBytes: batchBytes })) {
        const extract = (sources: FileFactsKey[]) => extractAll({ sources, loadContents, sourceParser, threads });
        const read = await extractionTurns.take({ act: () => extractOnce({ database, keys, extract }) });
        for (const each of read) add(each);
      }
    }
    if (remembered.size > maxRemembered) remembered = new Map();
    for (const [key, read] of facts) remembered.set(key, read);
    const factsByPath = new Map(
      sources.flatMap((source) => {
        const read = facts.get(toKey(source));
        return read === undefined || read === null ? [] : [[source.path, read] as const];
      }),
    );
    const unread = listUnread({ paths: tree.keys(), factsByPath });
    const codeSchema = await runInSlices(assembleInSteps(factsByPath));
    return { ...codeSchema, ...(unread.length === 0 ? {} : { unread }) };
  }

  return {
    read: (source) => whole.get({ key: toTreeKey(source.tree), compute: () => readWhole(source) }),
  };
}

/** In path order, so that two processes that read one tree make the same batches. */
function listSources(tree: FileTree): FileFactsKey[] {
  return [...tree].flatMap(([path, entry]) =>
    isTextFile(entry) && entry.sizeBytes <= limits.parsedFileBytes && isSchemaSource(path)
      ? [{ path, contentHash: entry.contentHash }]
      : [],
  );
}

async function extractAll({
  sources,
  loadContents,
  sourceParser,
  threads,
}: {
  sources: FileFactsKey[];
  loadContents: (hashes: Iterable<ContentHash>) => Promise<ReadonlyMap<ContentHash, Uint8Array>>;
  sourceParser: SourceParser;
  threads: ThreadPool;
}): Promise<(FileFactsKey & { facts: FileFacts | null })[]> {
  const contents = await loadContents(sources.map(({ contentHash }) => contentHash));
  const texts = sources.flatMap((source) => {
    const bytes = contents.get(source.contentHash);
    const text = bytes === undefined ? null : decodeText(bytes);
    return text === null ? [] : [{ path: source.path, text }];
  });
  const facts = await mapInThreads({
    threads,
    task: "extractFacts",
    items: texts,
    sizeOf: ({ text }) => text.length,
    inline: (source) => extractFileFacts({ ...source, parser: sourceParser }),
    timeoutMs,
  });
  const factsByPath = new Map(texts.map(({ path }, index) => [path, facts[index] ?? null]));
  return sources.map((source) => ({ ...source, facts: factsByPath.get(source.path) ?? null }));
}

function toTreeKey(tree: FileTree): string {
  const lines = [...tree].map(([path, { contentHash, mode }]) => `${contentHash} ${mode} ${path}`);
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

function toKey({ path, contentHash }: FileFactsKey): string {
  return `${contentHash} ${path}`;
}
