import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { exportComment } from "./archive-comments.ts";
import { methodDeflated, methodStored } from "./read-zip-entry.ts";

export type ArchivedFile = { path: FilePath; mode: FileMode; content: Uint8Array };

const localSignature = 0x04034b50;
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
/** Deflate and UTF-8 names: version 2.0, made on Unix. */
const versionNeeded = 20;
const madeOnUnix = (3 << 8) | versionNeeded;
const flagUtf8 = 0x0800;
/** Small files are written together, because each piece costs a pass through the response streams. */
const pieceBytes = 65_536;
/** 1 January 2000: fixed, so that equal versions give equal archives. */
const entryDate = (20 << 9) | (1 << 5) | 1;

const deflate = promisify(deflateRaw);

/**
 * A zip of `files` in the given order, with their modes. Each piece is created on demand, so that only one file is in
 * memory. A project's limits are far below the format's, so zip64 is not needed.
 */
export async function* writeArchive(files: AsyncIterable<ArchivedFile>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let offset = 0;
  for await (const file of files) {
    const entry = await describeEntry(file);
    const header = encodeLocalHeader(entry);
    directory.push(encodeDirectoryEntry({ ...entry, headerOffset: offset }));
    offset += header.length + entry.body.length;
    pending.push(header, entry.body);
    pendingBytes += header.length + entry.body.length;
    if (pendingBytes < pieceBytes) continue;
    yield Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
  }
  yield Buffer.concat(pending);
  const entries = Buffer.concat(directory);
  yield entries;
  yield encodeEnd({ entryCount: directory.length, directoryBytes: entries.length, directoryOffset: offset });
}

type Entry = {
  name: Buffer;
  mode: FileMode;
  method: number;
  crc32: number;
  sizeBytes: number;
  body: Uint8Array;
};

async function describeEntry({ path, mode, content }: ArchivedFile): Promise<Entry> {
  const deflated = await deflate(content);
  const isSmaller = deflated.length < content.length;
  return {
    name: Buffer.from(path, "utf8"),
    mode,
    method: isSmaller ? methodDeflated : methodStored,
    crc32: crc32(content),
    sizeBytes: content.length,
    body: isSmaller ? deflated : content,
  };
}

function encodeLocalHeader(entry: Entry): Uint8Array {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(localSignature, 0);
  header.writeUInt16LE(versionNeeded, 4);
  writeCommon({ entry, header, offset: 6 });
  return Buffer.concat([header, entry.name]);
}

function encodeDirectoryEntry(entry: Entry & { headerOffset: number }): Uint8Array {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(entrySignature, 0);
  header.writeUInt16LE(madeOnUnix, 4);
  header.writeUInt16LE(versionNeeded, 6);
  writeCommon({ entry, header, offset: 8 });
  header.writeUInt32LE(Number.parseInt(entry.mode, 8) * 0x10000, 38);
  header.writeUInt32LE(entry.headerOffset, 42);
  return Buffer.concat([header, entry.name]);
}

/** The fields that the local header and the directory share, from the flags to the length of the name. */
function writeCommon({ entry, header, offset }: { entry: Entry; header: Buffer; offset: number }): void {
  header.writeUInt16LE(flagUtf8, offset);
  header.writeUInt16LE(entry.method, offset + 2);
  header.writeUInt16LE(entryDate, offset + 6);
  header.writeUInt32LE(entry.crc32, offset + 8);
  header.writeUInt32LE(entry.body.length, offset + 12);
  header.writeUInt32LE(entry.sizeBytes, offset + 16);
  header.writeUInt16LE(entry.name.length, offset + 20);
}

function encodeEnd({
  entryCount,
  directoryBytes,
  directoryOffset,
}: {
  entryCount: number;
  directoryBytes: number;
  directoryOffset: number;
}): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(entryCount, 8);
  end.writeUInt16LE(entryCount, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  const comment = Buffer.from(exportComment, "utf8");
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}
