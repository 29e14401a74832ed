import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";

export type FileEntry = { contentHash: ContentHash; sizeBytes: number; isBinary: boolean; mode: FileMode };

/** Path to entry of one generation. Contents are looked up by hash, so a tree of 5,000 files costs no content. */
export type FileTree = ReadonlyMap<FilePath, FileEntry>;

export const emptyFileTree: FileTree = new Map();

/** Whether two places hold the same file: content and mode, or nothing in both. */
export function isSameFile(a: FileEntry | null | undefined, b: FileEntry | null | undefined): boolean {
  return a?.contentHash === b?.contentHash && a?.mode === b?.mode;
}

/** Whether an entry is a file whose text says something: a link's content is a path, and a reader of it reads no source. */
export function isTextFile({ isBinary, mode }: FileEntry): boolean {
  return !isBinary && mode !== "120000";
}

/** What a renamed file keeps. A link is never taken for a renamed file of the same text. */
export function getContentKey({ contentHash, mode }: FileEntry): string {
  return mode === "120000" ? `link ${contentHash}` : contentHash;
}

/** Contents by hash. A caller loads what a function needs before it calls; core does no I/O. */
export type FileContents = ReadonlyMap<ContentHash, Uint8Array>;

/** Order of paths in ledgers, lists and tree objects: by UTF-16 code unit, which is the same in Node and browsers. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
