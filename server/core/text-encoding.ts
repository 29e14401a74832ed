import { decodeText, encodeText } from "./file-content.ts";

export type TextEncoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "ISO-8859-1" | "Windows-1252";

/** A text and the encoding of its bytes. A byte order mark is the first character of the text. */
export type EncodedText = { text: string; encoding: TextEncoding };

/** Windows-1252's characters for the bytes 0x80 to 0x9F; five of the bytes are undefined. */
const windowsCharacters = "€\u0000‚ƒ„…†‡ˆ‰Š‹Œ\u0000Ž\u0000\u0000‘’“”•–—˜™š›œ\u0000žŸ";

/** Longer runs of bytes above 0x7F are another alphabet or a multi-byte encoding, not Western text. */
const maxMeanRun = 3;

/**
 * Decodes a file's text: UTF-8, UTF-16 with a byte order mark, or a single-byte encoding. Null if the bytes are text in
 * none of them. `encodeTextAs` restores the same bytes.
 */
export function readEncodedText(bytes: Uint8Array): EncodedText | null {
  const text = decodeText(bytes);
  if (text !== null) return { text, encoding: "UTF-8" };
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 ? decodeUtf16(bytes) : decodeSingleBytes(bytes);
}

/** Names the encodings of a file's two sides for display; undefined if they are UTF-8 or not text. */
export function describeEncodings(sides: readonly (EncodedText | null)[]): string | undefined {
  const names = [...new Set(sides.flatMap((side) => (side === null ? [] : [side.encoding])))];
  return names.every((name) => name === "UTF-8") ? undefined : names.join(" → ");
}

/** The bytes of a text in an encoding, or the first character that the encoding does not have. */
export function encodeTextAs({
  text,
  encoding,
}: EncodedText): { status: "encoded"; bytes: Uint8Array } | { status: "unencodable"; character: string } {
  if (encoding === "UTF-8") return { status: "encoded", bytes: encodeText(text) };
  if (encoding === "UTF-16LE" || encoding === "UTF-16BE") {
    const bytes = new Uint8Array(Buffer.from(text, "utf16le"));
    return { status: "encoded", bytes: encoding === "UTF-16BE" ? swapBytes(bytes) : bytes };
  }
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const byte = toByte({ character: text.charAt(index), encoding });
    if (byte === null) return { status: "unencodable", character: String.fromCodePoint(text.codePointAt(index) ?? 0) };
    bytes[index] = byte;
  }
  return { status: "encoded", bytes };
}

function decodeUtf16(bytes: Uint8Array): EncodedText | null {
  const isLittle = bytes[0] === 0xff;
  if (bytes.length % 2 === 1) return null;
  try {
    const decoder = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true });
    const text = decoder.decode(isLittle ? bytes : swapBytes(bytes));
    return text.includes("\0") ? null : { text, encoding: isLittle ? "UTF-16LE" : "UTF-16BE" };
  } catch {
    return null;
  }
}

/** Line endings, tabs, form feeds and escapes are text; other control characters are binary data. */
function decodeSingleBytes(bytes: Uint8Array): EncodedText | null {
  const source = Buffer.from(bytes).toString("latin1");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F]/.test(source)) return null;
  const runs = source.match(/[\u0080-\u00FF]+/g) ?? [];
  const sequences = source.match(/[\u00C2-\u00DF][\u0080-\u00BF]|[\u00E0-\u00EF][\u0080-\u00BF]{2}/g) ?? [];
  const count = runs.join("").length;
  // Mostly valid UTF-8 with a broken character is not single-byte text.
  if (count > maxMeanRun * runs.length || sequences.join("").length * 2 > count) return null;
  if (!/[\u0080-\u009F]/.test(source)) return { text: source, encoding: "ISO-8859-1" };
  const text = source.replace(/[\u0080-\u009F]/g, (byte) => windowsCharacters.charAt(byte.charCodeAt(0) - 0x80));
  return text.includes("\0") ? null : { text, encoding: "Windows-1252" };
}

function toByte({
  character,
  encoding,
}: {
  character: string;
  encoding: "ISO-8859-1" | "Windows-1252";
}): number | null {
  const code = character.charCodeAt(0);
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const place = encoding === "Windows-1252" && code !== 0 ? windowsCharacters.indexOf(character) : -1;
  return place === -1 ? null : 0x80 + place;
}

function swapBytes(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    swapped[index] = bytes[index + 1] ?? 0;
    swapped[index + 1] = bytes[index] ?? 0;
  }
  return swapped;
}
