import { regularFile } from "#lib/contracts/versions/file-mode.ts";
import { hashContent } from "./content-hash.ts";
import type { FileEntry } from "./file-tree.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The text of a file, including a byte order mark; null if the bytes are not text (NUL or invalid UTF-8). */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The tree entry of a regular file with these bytes. Callers replace the mode for other files. */
export function describeContent(bytes: Uint8Array): FileEntry {
  return {
    contentHash: hashContent(bytes),
    sizeBytes: bytes.length,
    isBinary: decodeText(bytes) === null,
    mode: regularFile,
  };
}

/** The number of lines of a text, given as bytes; counts an unterminated last line. */
export function countLinesInBytes(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return bytes.length === 0 || bytes.at(-1) === 0x0a ? count : count + 1;
}
