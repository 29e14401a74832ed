import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTextAs, readEncodedText, type TextEncoding } from "./text-encoding.ts";

const bytesOf = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));

describe("readEncodedText", () => {
  test.each<[string, Uint8Array, TextEncoding | null, string?]>([
    ["UTF-8", bytesOf("café\n", "utf8"), "UTF-8", "café\n"],
    ["Latin-1", bytesOf("café äöüß\n", "latin1"), "ISO-8859-1", "café äöüß\n"],
    ["Windows-1252", Uint8Array.of(0x80, 0x20, 0x93, 0x61, 0x94), "Windows-1252", "€ “a”"],
    ["a byte that Windows-1252 does not have", Uint8Array.of(0x61, 0x81), null],
    ["UTF-16, little end first", Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xac, 0x20), "UTF-16LE", "\uFEFFa€"],
    ["UTF-16, big end first", Uint8Array.of(0xfe, 0xff, 0, 0x61, 0x20, 0xac), "UTF-16BE", "\uFEFFa€"],
    ["half a character of UTF-16", Uint8Array.of(0xff, 0xfe, 0x61), null],
    ["a lone surrogate", Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), null],
    ["NUL", Uint8Array.of(0x61, 0, 0xe9), null],
    ["control characters", Uint8Array.of(0x89, 0x50, 0x01, 0x0a), null],
    ["UTF-8 with a broken character", Uint8Array.from([...bytesOf("né à côté\n", "utf8"), 0xe9, 0x20]), null],
    ["Cyrillic of one byte a letter", Uint8Array.of(0xef, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0), null],
  ])("%s", (_, bytes, encoding, text) => {
    const read = readEncodedText(bytes);
    expect(read?.encoding ?? null).toBe(encoding);
    if (text !== undefined) expect(read?.text).toBe(text);
  });

  test("whatever is read is written back byte for byte", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 30 }),
          fc
            .array(fc.constantFrom(0x61, 0x20, 0x0a, 0x0d, 0xe9, 0x92, 0x80), { maxLength: 30 })
            .map(Uint8Array.from.bind(Uint8Array)),
          fc.string({ unit: "binary" }).map((text) => bytesOf(`\uFEFF${text}`, "utf16le")),
        ),
        (bytes) => {
          const read = readEncodedText(bytes);
          if (read !== null) expect(encodeTextAs(read)).toEqual({ status: "encoded", bytes });
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe("encodeTextAs", () => {
  test.each<[string, TextEncoding, string]>([
    ["a → b", "ISO-8859-1", "→"],
    ["5 €", "ISO-8859-1", "€"],
    ["seed 🌱", "Windows-1252", "🌱"],
    ["a\u0081", "Windows-1252", "\u0081"],
  ])("%s cannot be written in %s", (text, encoding, character) => {
    expect(encodeTextAs({ text, encoding })).toEqual({ status: "unencodable", character });
  });
});
