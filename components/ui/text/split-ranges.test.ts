import fc from "fast-check";
import { expect, test } from "vitest";
import { splitRanges } from "./split-ranges.ts";

const show = (...call: Parameters<typeof splitRanges>) =>
  splitRanges(...call).parts.map(({ content, isMatch }) => (isMatch ? `[${content}]` : content));

test("marks matches, and omits the indentation", () => {
  expect(show({ text: "\t  const a = b;", ranges: [{ start: 9, end: 10 }], leadCharacters: 40 })).toEqual([
    "const ",
    "[a]",
    " = b;",
  ]);
  expect(show({ text: "  ab", ranges: [{ start: 1, end: 3 }], leadCharacters: 40 })).toEqual(["[ a]", "b"]);
  expect(show({ text: "ab", ranges: [{ start: 0, end: 0 }], leadCharacters: 40 })).toEqual(["ab"]);
});

test("truncates a long prefix, but no match", () => {
  const line = fc.record({ before: fc.nat(200), length: fc.integer({ min: 1, max: 20 }), after: fc.nat(100) });
  fc.assert(
    fc.property(line, ({ before, length, after }) => {
      const text = "x".repeat(before) + "M".repeat(length) + "y".repeat(after);
      const { parts, isLeadCut } = splitRanges({
        text,
        ranges: [{ start: before, end: before + length }],
        leadCharacters: 40,
      });
      const shown = parts.map(({ content }) => content).join("");
      expect(text.endsWith(shown)).toBe(true);
      expect(text.length - shown.length).toBe(isLeadCut ? before - 40 : 0);
      expect(parts.filter(({ isMatch }) => isMatch).map(({ content }) => content)).toEqual(["M".repeat(length)]);
    }),
  );
});
