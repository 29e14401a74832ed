import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

const typeNumbers = { commit: 1, tree: 2, blob: 3, tag: 4, "offset-delta": 6, "reference-delta": 7 } as const;

export type PackEntry = {
  type: keyof typeof typeNumbers;
  /** For a delta, its instructions. */
  body: Uint8Array;
  /** The id of a reference delta's base. */
  base?: string;
  /** The size that the entry claims, if that is wrong. */
  claimedBytes?: number;
};

/** A pack as git sends it, with the requested manipulations. */
export function buildPack({
  entries,
  claimedCount = entries.length,
  trailer,
}: {
  entries: readonly PackEntry[];
  claimedCount?: number;
  trailer?: Uint8Array;
}): Buffer {
  const header = Buffer.alloc(12);
  header.write("PACK");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(claimedCount, 8);
  const bytes = Buffer.concat([header, ...entries.map(encodeEntry)]);
  return Buffer.concat([bytes, trailer ?? createHash("sha1").update(bytes).digest()]);
}

function encodeEntry({ type, body, base, claimedBytes = body.length }: PackEntry): Buffer {
  const bytes: number[] = [];
  let byte = (typeNumbers[type] << 4) | (claimedBytes & 0x0f);
  for (let rest = Math.floor(claimedBytes / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  const reference = base === undefined ? Buffer.alloc(0) : Buffer.from(base, "hex");
  return Buffer.concat([Buffer.from([...bytes, byte]), reference, deflateSync(body)]);
}

/** A delta that repeats the first `copiedBytes` of its base, `times` times. */
export function buildDelta({
  baseBytes,
  copiedBytes,
  times,
}: {
  baseBytes: number;
  copiedBytes: number;
  times: number;
}): Buffer {
  const copy = [0x80 | 0x10 | 0x20, copiedBytes & 0xff, (copiedBytes >> 8) & 0xff];
  return Buffer.concat([
    encodeSize(baseBytes),
    encodeSize(copiedBytes * times),
    ...Array.from({ length: times }, () => Buffer.from(copy)),
  ]);
}

function encodeSize(size: number): Buffer {
  const bytes: number[] = [];
  let rest = size;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
