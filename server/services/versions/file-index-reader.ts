import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { decodeText } from "#server/core/file-content.ts";
import type { FileEntry, FileTree } from "#server/core/file-tree.ts";
import { buildFileIndex, type FileIndex } from "#server/core/ranking/file-index.ts";
import { decodeFileIndex, encodeFileIndex, type EncodedFileIndex } from "#server/core/ranking/encode-file-index.ts";
import type { FileIndexReader } from "#server/orchestrator/ports.ts";
import type { Database } from "#server/store/database.ts";
import { findDerived, insertDerived, type DerivedKind } from "#server/store/contents/derived-contents.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";

/** Increase the version whenever the result of `buildFileIndex` changes. */
const fileIndexKind: DerivedKind<EncodedFileIndex> = { name: "file-index", version: 2 };

/** The number of files whose indexes a process caches: several projects of 5,000, about 60 MB. */
const maxRemembered = 30_000;
/** Larger files are data: they are ranked by their path only. */
const maxIndexedBytes = 1_048_576;
/**
 * Contents are loaded, and indexes stored, in batches of this many files, which limits memory and loses little on a
 * crash.
 */
const batchSize = 200;

/**
 * Reads the ranking indexes of a tree's text files. An index depends only on content and file extension, so it is built
 * once and stored; an iteration indexes only changed files.
 */
export function createFileIndexReader({ database }: { database: Database }): FileIndexReader {
  let remembered = new Map<string, FileIndex>();

  return {
    async read({ tree, loadContents }) {
      const sources = listSources(tree);
      const indexes = new Map<string, FileIndex>();
      const findUnread = () => sources.filter(({ key }) => !indexes.has(key));
      for (const { key } of sources) {
        const known = remembered.get(key);
        if (known !== undefined) indexes.set(key, known);
      }
      const unknown = [...new Set(findUnread().map(({ key }) => key))];
      for (let at = 0; at < unknown.length; at += batchSize) {
        const keys = unknown.slice(at, at + batchSize);
        for (const [key, encoded] of await findDerived({ database, kind: fileIndexKind, keys }))
          indexes.set(key, decodeFileIndex(encoded));
      }
      const unread = findUnread();
      for (let at = 0; at < unread.length; at += batchSize) {
        const built = await buildIndexes({ sources: unread.slice(at, at + batchSize), loadContents });
        for (const [key, index] of built) indexes.set(key, index);
        await insertDerived({
          database,
          kind: fileIndexKind,
          rows: new Map([...built].map(([key, index]) => [key, encodeFileIndex(index)])),
        });
      }
      if (remembered.size > maxRemembered) remembered = new Map();
      for (const [key, index] of indexes) remembered.set(key, index);
      return new Map(
        sources.flatMap(({ path, key }) => {
          const index = indexes.get(key);
          return index === undefined ? [] : [[path, index] as const];
        }),
      );
    },
  };
}

type Source = { path: FilePath; contentHash: ContentHash; key: string };

function listSources(tree: FileTree): Source[] {
  return [...tree].flatMap(([path, entry]) =>
    isIndexed(entry) ? [{ path, contentHash: entry.contentHash, key: `${entry.contentHash} ${readEnding(path)}` }] : [],
  );
}

function isIndexed({ isBinary, sizeBytes, mode }: FileEntry): boolean {
  return !isBinary && sizeBytes <= maxIndexedBytes && mode !== "120000";
}

function readEnding(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? "";
}

async function buildIndexes({
  sources,
  loadContents,
}: {
  sources: readonly Source[];
  loadContents: Parameters<FileIndexReader["read"]>[0]["loadContents"];
}): Promise<Map<string, FileIndex>> {
  const contents = await loadContents(sources.map(({ contentHash }) => contentHash));
  const built = new Map<string, FileIndex>();
  const letOthersGo = startTimeSlices();
  for (const { path, contentHash, key } of sources) {
    const bytes = contents.get(contentHash);
    const text = bytes === undefined ? null : decodeText(bytes);
    built.set(key, buildFileIndex({ path, text: text ?? "" }));
    await letOthersGo();
  }
  return built;
}
