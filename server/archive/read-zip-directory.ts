import type { ByteSource } from "./byte-source.ts";
import { decodeEntryName } from "./decode-entry-name.ts";
import { invalidArchive } from "./invalid-archive.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { zipFlags } from "./zip-flags.ts";
import { locateZipDirectory } from "./locate-zip-directory.ts";

export type ZipEntry = {
  /** The decoded name in the archive; not yet a project path. */
  name: string;
  kind: "file" | "directory";
  /** The type and permission bits of Unix; 0 if the archive has none. */
  unixMode: number;
  flags: number;
  method: number;
  crc32: number;
  compressedBytes: number;
  sizeBytes: number;
  headerOffset: number;
  /** The name's bytes, which the local header repeats. */
  nameBytes: Uint8Array;
  /** Made on a system with backslash as separator. */
  isFromDos: boolean;
};

const entrySignature = 0x02014b50;
const entryBytes = 46;
const zip64Field = 0x0001;
const unicodePathField = 0x7075;
const unset32 = 0xffffffff;
/** 6.3, the newest version of the format. */
const maxVersionNeeded = 63;
const unixTypeMask = 0o170000;
const unixDirectory = 0o040000;
const unixRegular = 0o100000;
const dosDirectory = 0x10;

/**
 * All entries of a zip in directory order, and the archive's comment. The directory must be consistent as a whole: it
 * ends where the end record says, its entries are as many as counted there, and no two entries share bytes.
 *
 * @throws AppError INVALID_ARCHIVE, INPUT_TOO_LARGE
 */
export async function readZipDirectory(source: ByteSource): Promise<{ entries: ZipEntry[]; comment: string }> {
  const { offset, sizeBytes, entryCount, comment } = await locateZipDirectory(source);
  const bytes = await source.read({ offset, length: sizeBytes });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ZipEntry[] = [];
  const endSlice = startTimeSlices();
  let position = 0;
  while (position < bytes.length) {
    await endSlice();
    if (entries.length === entryCount)
      throw invalidArchive(`The archive counts ${entryCount} entries and lists more, so it is damaged.`);
    const { entry, length } = readEntry({ bytes, view, position });
    entries.push(entry);
    position += length;
  }
  if (entries.length !== entryCount)
    throw invalidArchive(`The archive counts ${entryCount} entries and lists ${entries.length}, so it is damaged.`);
  assertApart({ entries, directoryOffset: offset });
  return { entries, comment: Buffer.from(comment).toString("utf8") };
}

function readEntry({ bytes, view, position }: { bytes: Uint8Array; view: DataView; position: number }): {
  entry: ZipEntry;
  length: number;
} {
  if (position + entryBytes > bytes.length || view.getUint32(position, true) !== entrySignature)
    throw invalidArchive("The archive's directory is damaged.");
  const u16 = (at: number) => view.getUint16(position + at, true);
  const u32 = (at: number) => view.getUint32(position + at, true);
  const [nameLength, extraLength, commentLength] = [u16(28), u16(30), u16(32)];
  const length = entryBytes + nameLength + extraLength + commentLength;
  if (position + length > bytes.length) throw invalidArchive("The archive's directory is damaged.");
  const nameBytes = bytes.slice(position + entryBytes, position + entryBytes + nameLength);
  const extra = readExtraFields(bytes.subarray(position + entryBytes + nameLength, position + length - commentLength));
  const flags = u16(8);
  if ((u16(6) & 0xff) > maxVersionNeeded)
    throw invalidArchive(`The archive needs a version of the format (${(u16(6) & 0xff) / 10}) that does not exist.`);
  const name = decodeEntryName({
    bytes: nameBytes,
    hasUtf8Flag: (flags & zipFlags.utf8) !== 0,
    unicodePath: extra.get(unicodePathField) ?? null,
  });
  if (name === null)
    throw invalidArchive(
      `The archive has a name that is marked as UTF-8 and is not: ${JSON.stringify(Buffer.from(nameBytes).toString("latin1"))}.`,
    );
  if (name === "") throw invalidArchive("The archive has an entry without a name.");
  const sizes = widen({
    values: [u32(24), u32(20), u32(42)],
    field: extra.get(zip64Field) ?? null,
    name,
  });
  const isFromDos = [0, 10, 11].includes(u16(4) >>> 8);
  const entry: ZipEntry = {
    name,
    ...readKind({ name, attributes: u32(38), sizeBytes: sizes[0], isFromDos }),
    flags,
    method: u16(10),
    crc32: u32(16),
    sizeBytes: sizes[0],
    compressedBytes: sizes[1],
    headerOffset: sizes[2],
    nameBytes,
    isFromDos,
  };
  if (u16(34) !== 0 && u16(34) !== 0xffff) throw invalidArchive("The archive is one part of several.");
  return { entry, length };
}

/** Every reader must see the same kind: name, mode and size have to agree. */
function readKind({
  name,
  attributes,
  sizeBytes,
  isFromDos,
}: {
  name: string;
  attributes: number;
  sizeBytes: number;
  isFromDos: boolean;
}): Pick<ZipEntry, "kind" | "unixMode"> {
  const unixMode = attributes >>> 16;
  const unixType = unixMode & unixTypeMask;
  const isNamedDirectory = name.endsWith("/") || (isFromDos && name.endsWith("\\"));
  const isMarkedDirectory = unixType === unixDirectory || (unixType === 0 && (attributes & dosDirectory) !== 0);
  if (isNamedDirectory && sizeBytes > 0)
    throw invalidArchive(`${name} is named as a directory and has content, so the archive is damaged.`);
  if (isMarkedDirectory && !isNamedDirectory)
    throw invalidArchive(`${name} is marked as a directory and named as a file, so the archive is damaged.`);
  if (isNamedDirectory && ![0, unixDirectory, unixRegular].includes(unixType))
    throw invalidArchive(`${name} is named as a directory and marked as something else, so the archive is damaged.`);
  return { kind: isNamedDirectory ? "directory" : "file", unixMode };
}

/** Data by id. The first field with an id counts, as in other readers; a field that exceeds its entry is damage. */
function readExtraFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = 0;
  // Some archivers pad with up to three bytes that are not a field.
  while (position + 4 <= bytes.length) {
    const id = view.getUint16(position, true);
    const end = position + 4 + view.getUint16(position + 2, true);
    if (end > bytes.length) throw invalidArchive("The archive's directory is damaged: an extra field is cut off.");
    if (!fields.has(id)) fields.set(id, bytes.slice(position + 4, end));
    position = end;
  }
  return fields;
}

/**
 * Values that do not fit into 32 bits are in the zip64 field, in this order, and each only if its 32-bit field says so.
 */
function widen({
  values,
  field,
  name,
}: {
  values: [sizeBytes: number, compressedBytes: number, headerOffset: number];
  field: Uint8Array | null;
  name: string;
}): [number, number, number] {
  let position = 0;
  const view = field === null ? null : new DataView(field.buffer, field.byteOffset, field.length);
  const read = (value: number): number => {
    if (value !== unset32) return value;
    if (view === null || position + 8 > view.byteLength) throw invalidArchive(`${name} has no size that can be read.`);
    const wide = Number(view.getBigUint64(position, true));
    position += 8;
    if (!Number.isSafeInteger(wide)) throw invalidArchive(`${name} has no size that can be read.`);
    return wide;
  };
  return [read(values[0]), read(values[1]), read(values[2])];
}

/** Entries that share bytes are a bomb, or show different files to different readers. */
function assertApart({ entries, directoryOffset }: { entries: readonly ZipEntry[]; directoryOffset: number }): void {
  const localHeaderBytes = 30;
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.headerOffset - b.headerOffset)) {
    if (entry.headerOffset < end) throw invalidArchive(`${entry.name} shares bytes with another entry.`);
    end = entry.headerOffset + localHeaderBytes + entry.nameBytes.length + entry.compressedBytes;
    if (end > directoryOffset) throw invalidArchive(`${entry.name} ends after the archive's files do.`);
  }
}
