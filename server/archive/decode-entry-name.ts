import { crc32 } from "node:zlib";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The upper half of code page 437, the zip format's encoding for names without the UTF-8 flag. */
const codePage437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

/**
 * Decodes an entry's name. UTF-8 if the entry says so, by its flag or by Info-ZIP's Unicode path field. Also UTF-8 if
 * the bytes can be nothing else, because the archivers of macOS and others omit the flag. Otherwise CP437.
 *
 * @param unicodePath the data of the extra field 0x7075, null if the entry has none
 * @returns null if bytes marked as UTF-8 are invalid
 */
export function decodeEntryName({
  bytes,
  hasUtf8Flag,
  unicodePath,
}: {
  bytes: Uint8Array;
  hasUtf8Flag: boolean;
  unicodePath: Uint8Array | null;
}): string | null {
  if (hasUtf8Flag) return decodeUtf8(bytes);
  const marked = unicodePath === null ? null : readUnicodePath({ field: unicodePath, bytes });
  if (marked !== null) return decodeUtf8(marked);
  return decodeUtf8(bytes) ?? Array.from(bytes, toCodePage437).join("");
}

/**
 * The field holds a version, the CRC-32 of the plain name, and the name in UTF-8. If the plain name has changed since,
 * it takes precedence.
 */
function readUnicodePath({ field, bytes }: { field: Uint8Array; bytes: Uint8Array }): Uint8Array | null {
  if (field.length < 5 || field[0] !== 1) return null;
  const nameCrc = new DataView(field.buffer, field.byteOffset, field.length).getUint32(1, true);
  return nameCrc === crc32(bytes) ? field.subarray(5) : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

function toCodePage437(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (codePage437[byte - 0x80] ?? "");
}
