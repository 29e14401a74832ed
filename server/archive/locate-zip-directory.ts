import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { invalidArchive } from "./invalid-archive.ts";

type ZipDirectory = { offset: number; sizeBytes: number; entryCount: number; comment: Uint8Array };

const endSignature = 0x06054b50;
const endBytes = 22;
const maxCommentBytes = 0xffff;
const zip64LocatorSignature = 0x07064b50;
const zip64LocatorBytes = 20;
const zip64EndSignature = 0x06064b50;
const zip64EndBytes = 56;
const unset16 = 0xffff;
const unset32 = 0xffffffff;

/**
 * Locates the directory of a zip. Nothing may follow the end record, and the directory must end where the end record
 * begins, so that no other reader can find a different one.
 *
 * @throws AppError INVALID_ARCHIVE, INPUT_TOO_LARGE
 */
export async function locateZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const { end, endOffset } = await findEnd(source);
  const narrow = {
    disk: end.getUint16(4, true),
    directoryDisk: end.getUint16(6, true),
    entriesOnDisk: end.getUint16(8, true),
    entryCount: end.getUint16(10, true),
    sizeBytes: end.getUint32(12, true),
    offset: end.getUint32(16, true),
  };
  const wide = await readZip64End({ source, endOffset });
  if (wide === null && Object.entries(narrow).some(([key, value]) => value === unsetValue(key as keyof typeof narrow)))
    throw invalidArchive("The archive says that it is a large one (zip64) and has no record of that.");
  const directory = wide === null ? narrow : merge({ narrow, wide: wide.values });
  const directoryEnd = wide?.offset ?? endOffset;
  if (directory.disk !== 0 || directory.directoryDisk !== 0 || directory.entriesOnDisk !== directory.entryCount)
    throw invalidArchive("The archive is one part of several.");
  if (directory.offset + directory.sizeBytes !== directoryEnd)
    throw invalidArchive("The archive's directory is not where its end record says, so it is damaged.");
  if (directory.entryCount > limits.archiveEntries || directory.sizeBytes > limits.archiveDirectoryBytes)
    throw new AppError({
      code: "INPUT_TOO_LARGE",
      message: `The archive lists ${directory.entryCount.toLocaleString("en")} entries; at most ${limits.archiveEntries.toLocaleString("en")} are read. Nothing was imported. Leave dependency and build folders out of the archive.`,
      details: { limit: "archiveEntries", maximum: limits.archiveEntries },
    });
  const comment = new Uint8Array(end.buffer, end.byteOffset + endBytes, end.byteLength - endBytes).slice();
  return { offset: directory.offset, sizeBytes: directory.sizeBytes, entryCount: directory.entryCount, comment };
}

type EndValues = Record<"disk" | "directoryDisk" | "entriesOnDisk" | "entryCount" | "sizeBytes" | "offset", number>;

function unsetValue(key: keyof EndValues): number {
  return key === "sizeBytes" || key === "offset" ? unset32 : unset16;
}

/** The last end record whose comment ends with the archive. */
async function findEnd(source: ByteSource): Promise<{ end: DataView; endOffset: number }> {
  const length = Math.min(source.sizeBytes, endBytes + maxCommentBytes);
  const tailOffset = source.sizeBytes - length;
  const tail = await source.read({ offset: tailOffset, length });
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  for (let at = length - endBytes; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endBytes + view.getUint16(at + 20, true) !== length) continue;
    return { end: new DataView(tail.buffer, tail.byteOffset + at, length - at), endOffset: tailOffset + at };
  }
  throw invalidArchive("The upload is not a zip archive, or its end is missing.");
}

async function readZip64End({
  source,
  endOffset,
}: {
  source: ByteSource;
  endOffset: number;
}): Promise<{ values: EndValues; offset: number } | null> {
  if (endOffset < zip64LocatorBytes + zip64EndBytes) return null;
  const locator = await readView({ source, offset: endOffset - zip64LocatorBytes, length: zip64LocatorBytes });
  if (locator.getUint32(0, true) !== zip64LocatorSignature) return null;
  if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) > 1)
    throw invalidArchive("The archive is one part of several.");
  const offset = Number(locator.getBigUint64(8, true));
  if (offset > endOffset - zip64LocatorBytes - zip64EndBytes) throw invalidArchive("The archive's end is damaged.");
  const end = await readView({ source, offset, length: zip64EndBytes });
  if (end.getUint32(0, true) !== zip64EndSignature) throw invalidArchive("The archive's end is damaged.");
  if (offset + 12 + Number(end.getBigUint64(4, true)) !== endOffset - zip64LocatorBytes)
    throw invalidArchive("The archive's end is damaged.");
  return {
    offset,
    values: {
      disk: end.getUint32(16, true),
      directoryDisk: end.getUint32(20, true),
      entriesOnDisk: Number(end.getBigUint64(24, true)),
      entryCount: Number(end.getBigUint64(32, true)),
      sizeBytes: Number(end.getBigUint64(40, true)),
      offset: Number(end.getBigUint64(48, true)),
    },
  };
}

/** The 64-bit values, which the 32-bit ones either defer to or repeat. */
function merge({ narrow, wide }: { narrow: EndValues; wide: EndValues }): EndValues {
  for (const key of Object.keys(narrow) as (keyof EndValues)[])
    if (narrow[key] !== unsetValue(key) && narrow[key] !== wide[key])
      throw invalidArchive("The archive has two end records that differ.");
  return wide;
}

async function readView({
  source,
  offset,
  length,
}: {
  source: ByteSource;
  offset: number;
  length: number;
}): Promise<DataView> {
  const bytes = await source.read({ offset, length });
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
