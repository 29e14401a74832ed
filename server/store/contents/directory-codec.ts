import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { comparePaths, type FileEntry } from "#server/core/file-tree.ts";
import { hashFromBytes, hashToBytes } from "./hash-bytes.ts";

/** The hash of a directory's encoded entries. Directories are stored as blobs, like files. */
export type TreeHash = ContentHash;

type DirectoryEntry = ({ kind: "file" } & FileEntry) | { kind: "directory"; treeHash: TreeHash };
export type Directory = ReadonlyMap<string, DirectoryEntry>;

/**
 * The first byte of an entry. Kinds of regular files have the lowest codes: a directory of only regular files keeps the
 * bytes, and so the hash, that it had before entries had a mode.
 */
const directoryKind = 0;
const fileKinds: readonly { mode: FileMode; isBinary: boolean }[] = [
  { mode: "100644", isBinary: false },
  { mode: "100644", isBinary: true },
  { mode: "100755", isBinary: false },
  { mode: "100755", isBinary: true },
  { mode: "120000", isBinary: false },
  { mode: "120000", isBinary: true },
];

/** Entries sorted by name, each: kind, name length and name, then hash and, for files, size. Integers are LEB128. */
export function encodeDirectory(directory: Directory): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for (const [name, entry] of [...directory].sort(([a], [b]) => comparePaths(a, b))) {
    const nameBytes = Buffer.from(name, "utf8");
    const kind = entry.kind === "directory" ? directoryKind : encodeFileKind(entry);
    pieces.push(Uint8Array.of(kind, ...encodeInteger(nameBytes.length)), nameBytes);
    pieces.push(hashToBytes(entry.kind === "directory" ? entry.treeHash : entry.contentHash));
    if (entry.kind === "file") pieces.push(Uint8Array.from(encodeInteger(entry.sizeBytes)));
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function encodeInteger(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

function encodeFileKind({ mode, isBinary }: FileEntry): number {
  return 1 + fileKinds.findIndex((kind) => kind.mode === mode && kind.isBinary === isBinary);
}

export function decodeDirectory(bytes: Uint8Array): Directory {
  const directory = new Map<string, DirectoryEntry>();
  let offset = 0;
  const readByte = () => {
    const value = bytes[offset];
    if (value === undefined) throw new RangeError("A stored directory ends in the middle of an entry.");
    offset += 1;
    return value;
  };
  const readInteger = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = readByte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const readBytes = (length: number) => bytes.subarray(offset, (offset += length));
  while (offset < bytes.length) {
    const kind = readByte();
    const name = Buffer.from(readBytes(readInteger())).toString("utf8");
    const hash = hashFromBytes(readBytes(32));
    if (kind === directoryKind) {
      directory.set(name, { kind: "directory", treeHash: hash });
      continue;
    }
    const fileKind = fileKinds[kind - 1];
    if (fileKind === undefined) throw new RangeError(`A stored directory has an entry of the unknown kind ${kind}.`);
    directory.set(name, { kind: "file", contentHash: hash, sizeBytes: readInteger(), ...fileKind });
  }
  return directory;
}
