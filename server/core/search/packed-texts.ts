import { encodeText } from "../file-content.ts";

/**
 * UTF-8 texts in shared memory, which threads read without a copy. `places` has three numbers per text: the index of
 * its segment, and its start and end in bytes.
 */
export type PackedTexts = { segments: readonly SharedArrayBuffer[]; places: Int32Array };

export type TextPlace = { segment: SharedArrayBuffer; start: number; end: number };

const byteOrderMark = encodeText("\uFEFF");

export function packTexts(texts: readonly TextPlace[]): PackedTexts {
  const indexes = new Map<SharedArrayBuffer, number>();
  const places = new Int32Array(texts.length * 3);
  for (const [at, { segment, start, end }] of texts.entries()) {
    const index = indexes.get(segment) ?? indexes.size;
    indexes.set(segment, index);
    places.set([index, start, end], at * 3);
  }
  return { segments: [...indexes.keys()], places };
}

/** The texts in order, without byte order marks, which are not part of the first line. */
export function* readPackedTexts({ segments, places }: PackedTexts): Generator<string> {
  for (let at = 0; at < places.length; at += 3) {
    const [index = 0, start = 0, end = 0] = places.subarray(at, at + 3);
    const segment = segments[index];
    if (segment === undefined) throw new Error(`There is no segment ${index}.`);
    const bytes = Buffer.from(segment, start, end - start);
    const hasMark = byteOrderMark.every((byte, position) => bytes[position] === byte);
    yield bytes.toString("utf8", hasMark ? byteOrderMark.length : 0);
  }
}
