import { setImmediate } from "node:timers/promises";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { decodeText, encodeText } from "#server/core/file-content.ts";
import type { TextPlace } from "#server/core/search/packed-texts.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import { loadSoundBlobs } from "#server/store/contents/blobs.ts";
import type { Database } from "#server/store/database.ts";

/** Room for the largest project between two searches. */
const maxBytes = limits.projectBytes;
/** Memory is allocated and released in pieces of this size. */
const segmentBytes = 4 * 1_048_576;
/** The limit for cached hashes of contents that are not text. */
const maxRememberedOthers = 100_000;
/** Contents are loaded in batches, between which the process answers other requests. */
const batchFiles = 100;
const batchBytes = 1_048_576;

type Segment = { buffer: SharedArrayBuffer; usedBytes: number; lastUse: number; hashes: ContentHash[] };

type WantedContent = { contentHash: ContentHash; sizeBytes: number };

export type TextStore = {
  /**
   * The positions of contents' texts; a content that is not text has none. `damaged` contents are unreadable.
   *
   * @throws AppError CANCELLED
   */
  load(call: { contents: Iterable<WantedContent>; signal: AbortSignal | undefined }): Promise<{
    texts: ReadonlyMap<ContentHash, TextPlace>;
    damaged: ReadonlySet<ContentHash>;
  }>;
};

/** Texts of contents in memory shared by threads. Contents are immutable, so they are only evicted for space. */
export function createTextStore({ database }: { database: Database }): TextStore {
  const places = new Map<ContentHash, { segment: Segment; start: number; end: number }>();
  const segments = new Set<Segment>();
  const others = new Set<ContentHash>();
  let current: Segment | null = null;
  let storedBytes = 0;
  let uses = 0;

  const makeSpace = (byteCount: number) => {
    while (storedBytes + byteCount > maxBytes && segments.size > 0) {
      const oldest = [...segments].reduce((a, b) => (b.lastUse < a.lastUse ? b : a));
      segments.delete(oldest);
      storedBytes -= oldest.buffer.byteLength;
      for (const hash of oldest.hashes) places.delete(hash);
      if (oldest === current) current = null;
    }
  };
  const takeSegment = (byteCount: number): Segment => {
    if (current !== null && current.buffer.byteLength - current.usedBytes >= byteCount) return current;
    const size = Math.max(byteCount, segmentBytes);
    makeSpace(size);
    const segment = { buffer: new SharedArrayBuffer(size), usedBytes: 0, lastUse: uses, hashes: [] };
    segments.add(segment);
    storedBytes += size;
    if (size === segmentBytes) current = segment;
    return segment;
  };
  const add = ({ contentHash, bytes }: { contentHash: ContentHash; bytes: Uint8Array }): TextPlace => {
    const segment = takeSegment(bytes.length);
    const start = segment.usedBytes;
    new Uint8Array(segment.buffer).set(bytes, start);
    segment.usedBytes += bytes.length;
    segment.hashes.push(contentHash);
    const end = start + bytes.length;
    places.set(contentHash, { segment, start, end });
    return { segment: segment.buffer, start, end };
  };
  const find = (contentHash: ContentHash): TextPlace | null => {
    const place = places.get(contentHash);
    if (place === undefined) return null;
    place.segment.lastUse = uses;
    return { segment: place.segment.buffer, start: place.start, end: place.end };
  };

  return {
    async load({ contents, signal }) {
      uses += 1;
      const texts = new Map<ContentHash, TextPlace>();
      const damaged = new Set<ContentHash>();
      const unknown = new Map<ContentHash, WantedContent>();
      for (const content of contents) {
        const place = find(content.contentHash);
        if (place !== null) texts.set(content.contentHash, place);
        else if (!others.has(content.contentHash)) unknown.set(content.contentHash, content);
      }
      for (const batch of listBatches(unknown.values())) {
        assertWanted(signal);
        const read = await loadSoundBlobs({ transaction: database.prisma, hashes: batch });
        for (const hash of read.damaged) damaged.add(hash);
        if (others.size > maxRememberedOthers) others.clear();
        for (const [contentHash, bytes] of read.contents) {
          const text = toUtf8(bytes);
          if (text === null) others.add(contentHash);
          else texts.set(contentHash, find(contentHash) ?? add({ contentHash, bytes: text }));
        }
        await setImmediate();
      }
      return { texts, damaged };
    },
  };
}

/** @throws AppError CANCELLED if the client has disconnected */
export function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new AppError({
    code: "CANCELLED",
    message: "The search was cancelled. Nothing was changed. Search again when you need the result.",
  });
}

function* listBatches(contents: Iterable<WantedContent>): Generator<ContentHash[]> {
  let batch: ContentHash[] = [];
  let leftBytes = batchBytes;
  for (const { contentHash, sizeBytes } of contents) {
    if (batch.length === batchFiles || (batch.length > 0 && sizeBytes > leftBytes)) {
      yield batch;
      batch = [];
      leftBytes = batchBytes;
    }
    batch.push(contentHash);
    leftBytes -= sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

function toUtf8(bytes: Uint8Array): Uint8Array | null {
  if (decodeText(bytes) !== null) return bytes;
  const other = readEncodedText(bytes);
  return other === null ? null : encodeText(other.text);
}
