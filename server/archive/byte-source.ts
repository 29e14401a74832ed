import type { FileHandle } from "node:fs/promises";

/** Bytes that are read by position, so that an archive need not be in memory. */
export type ByteSource = {
  sizeBytes: number;
  /** @throws RangeError if the range is outside the source */
  read(range: { offset: number; length: number }): Promise<Uint8Array>;
};

/** Entries are adjacent in most archives, so one read of the file serves many of them. */
const readAheadBytes = 1_048_576;

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (range) => {
      assertWithin({ ...range, sizeBytes: bytes.length });
      return bytes.subarray(range.offset, range.offset + range.length);
    },
  };
}

/** The bytes of an open file. For one reader at a time: reads share a window of the file. */
export function bytesOfFile({ handle, sizeBytes }: { handle: FileHandle; sizeBytes: number }): ByteSource {
  let window = new Uint8Array();
  let windowOffset = 0;
  return {
    sizeBytes,
    read: async ({ offset, length }) => {
      assertWithin({ offset, length, sizeBytes });
      const isInWindow = offset >= windowOffset && offset + length <= windowOffset + window.length;
      if (!isInWindow) {
        window = await readFully({ handle, offset, length: Math.min(sizeBytes - offset, length + readAheadBytes) });
        windowOffset = offset;
      }
      return window.subarray(offset - windowOffset, offset - windowOffset + length);
    },
  };
}

/** All bytes of a source from its start, in pieces. */
export async function* readPieces(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.sizeBytes; offset += readAheadBytes)
    yield await source.read({ offset, length: Math.min(readAheadBytes, source.sizeBytes - offset) });
}

async function readFully({
  handle,
  offset,
  length,
}: {
  handle: FileHandle;
  offset: number;
  length: number;
}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw new RangeError("The file is shorter than it was.");
    filled += bytesRead;
  }
  return bytes;
}

function assertWithin({ offset, length, sizeBytes }: { offset: number; length: number; sizeBytes: number }): void {
  if (offset < 0 || length < 0 || offset + length > sizeBytes)
    throw new RangeError("The range is not within the source.");
}
