import { expect, test } from "vitest";
import { encodeTextAs, type TextEncoding } from "../text-encoding.ts";
import { mergeContents } from "./merge-contents.ts";

function encode(text: string, encoding: TextEncoding): Uint8Array {
  const encoded = encodeTextAs({ text, encoding });
  if (encoded.status === "unencodable") throw new Error(encoded.character);
  return encoded.bytes;
}

const base = "été\n2\n3\n4\nfin\n";
const ours = "été\n2\n3\n4\nFin à nous\n";
const theirs = "ÉTÉ\n2\n3\n4\nfin\n";
const both = "ÉTÉ\n2\n3\n4\nFin à nous\n";

test.each<[string, [string, TextEncoding][], string, TextEncoding]>([
  [
    "UTF-8",
    [
      [base, "UTF-8"],
      [ours, "UTF-8"],
      [theirs, "UTF-8"],
    ],
    both,
    "UTF-8",
  ],
  [
    "Latin-1",
    [
      [base, "ISO-8859-1"],
      [ours, "ISO-8859-1"],
      [theirs, "ISO-8859-1"],
    ],
    both,
    "ISO-8859-1",
  ],
  [
    "Windows-1252 on one side",
    [
      [base, "ISO-8859-1"],
      ["€\n2\n3\n4\nfin\n", "Windows-1252"],
      ["été\n2\n3\n4\nFIN\n", "ISO-8859-1"],
    ],
    "€\n2\n3\n4\nFIN\n",
    "Windows-1252",
  ],
  [
    "UTF-16",
    [
      [`\uFEFF${base}`, "UTF-16LE"],
      [`\uFEFF${ours}`, "UTF-16LE"],
      [`\uFEFF${theirs}`, "UTF-16LE"],
    ],
    `\uFEFF${both}`,
    "UTF-16LE",
  ],
  [
    "one that became UTF-8",
    [
      [base, "ISO-8859-1"],
      [ours, "UTF-8"],
      [theirs, "ISO-8859-1"],
    ],
    both,
    "UTF-8",
  ],
  // A side without a distinguishing letter has the encoding of the other.
  [
    "one whose accents went",
    [
      [base, "ISO-8859-1"],
      ["ete\n2\n3\n4\nfin\n", "UTF-8"],
      ["été\n2\n3\n4\nfin à eux\n", "ISO-8859-1"],
    ],
    "ete\n2\n3\n4\nfin à eux\n",
    "ISO-8859-1",
  ],
])("%s is merged line by line", (_, sides, text, encoding) => {
  const [from, left, right] = sides.map(([each, of]) => encode(each, of)) as [Uint8Array, Uint8Array, Uint8Array];
  expect(mergeContents({ base: from, ours: left, theirs: right })).toEqual({
    status: "merged",
    bytes: encode(text, encoding),
  });
});

test("sides with different new encodings are not merged, and neither is binary content", () => {
  const sides = { base: encode(base, "ISO-8859-1"), ours: encode(ours, "UTF-8"), theirs: encode(theirs, "UTF-8") };
  expect(mergeContents({ ...sides, theirs: encode(`\uFEFF${theirs}`, "UTF-16LE") })).toEqual({ status: "apart" });
  expect(mergeContents({ ...sides, theirs: Uint8Array.of(0, 1, 2) })).toEqual({ status: "apart" });
});

test("the same line on both sides is a conflict", () => {
  const of = (text: string) => encode(text, "ISO-8859-1");
  expect(mergeContents({ base: of("é\n"), ours: of("è\n"), theirs: of("ê\n") })).toEqual({
    status: "conflicted",
    conflicts: [{ line: 1, base: "é\n", ours: "è\n", theirs: "ê\n" }],
  });
});
