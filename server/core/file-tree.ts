import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";

export type FileEntry = { contentHash: ContentHash; sizeBytes: number; isBinary: boolean; mode: FileMode };

/** The entries of one generation by path. Contents are looked up by hash, so a tree of 5,000 files holds no content. */
export type FileTree = ReadonlyMap<FilePath, FileEntry>;

export const emptyFileTree: FileTree = new Map();

/** Whether two entries are the same: equal content and mode, or both absent. */
export function isSameFile(a: FileEntry | null | undefined, b: FileEntry | null | undefined): boolean {
  return a?.contentHash === b?.contentHash && a?.mode === b?.mode;
}

/** Whether an entry's text is source: a link's content is only a path. */
export function isTextFile({ isBinary, mode }: FileEntry): boolean {
  return !isBinary && mode !== "120000";
}

/** Whether its bytes may be text, in UTF-8 or another encoding; larger files are not read to find out. */
export function mayHaveText({ isBinary, sizeBytes }: FileEntry): boolean {
  return !isBinary || sizeBytes <= limits.textFileBytes;
}

/** The identity that a renamed file keeps. A link is never a rename of a file with the same text. */
export function getContentKey({ contentHash, mode }: FileEntry): string {
  return mode === "120000" ? `link ${contentHash}` : contentHash;
}

/** Contents by hash. Callers load what a function needs before calling it, because core does no I/O. */
export type FileContents = ReadonlyMap<ContentHash, Uint8Array>;

/**
 * The order of paths in ledgers, lists and tree objects: by UTF-16 code unit, which is the same in Node and browsers.
 */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
