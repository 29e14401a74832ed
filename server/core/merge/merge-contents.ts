import { encodeTextAs, readEncodedText, type EncodedText, type TextEncoding } from "../text-encoding.ts";
import { mergeTexts, type TextConflict } from "./merge-texts.ts";

type ContentMerge =
  | { status: "merged"; bytes: Uint8Array }
  | { status: "conflicted"; conflicts: TextConflict[] }
  /** A side is not text, or the two have different encodings. */
  | { status: "apart" };

/** Merges two texts by lines, in their encoding; a change of only the encoding is taken too. */
export function mergeContents(sides: { base: Uint8Array; ours: Uint8Array; theirs: Uint8Array }): ContentMerge {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(readEncodedText);
  if (base === null || base === undefined || !ours || !theirs) return { status: "apart" };
  const encoding = mergeEncodings({ base, ours, theirs });
  if (encoding === null) return { status: "apart" };
  const merge = mergeTexts({ base: base.text, ours: ours.text, theirs: theirs.text });
  if (merge.status === "conflicted") return merge;
  const encoded = encodeTextAs({ text: merge.text, encoding });
  return encoded.status === "encoded" ? { status: "merged", bytes: encoded.bytes } : { status: "apart" };
}

/** The merged encoding; null if both sides changed it differently. */
export function mergeEncodings(sides: {
  /** Null if both sides added the file. */
  base: EncodedText | null;
  ours: EncodedText;
  theirs: EncodedText;
}): TextEncoding | null {
  const base = sides.base === null ? null : findEncoding(sides.base);
  const [ours, theirs] = [findEncoding(sides.ours), findEncoding(sides.theirs)];
  if (ours === null || theirs === null || ours === theirs) return ours ?? theirs ?? base ?? "UTF-8";
  if (theirs === base) return ours;
  return ours === base ? theirs : null;
}

/** Null for pure ASCII, which is the same in UTF-8 and in single-byte encodings. */
function findEncoding({ text, encoding }: EncodedText): TextEncoding | null {
  // eslint-disable-next-line no-control-regex
  return encoding === "UTF-8" && /^[\u0000-\u007f]*$/.test(text) ? null : encoding;
}
