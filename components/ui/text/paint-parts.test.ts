import fc from "fast-check";
import { expect, test } from "vitest";
import { paintParts } from "./paint-parts.ts";
import { splitRanges } from "./split-ranges.ts";

const styles = ["--diffs-token-light:#1;--diffs-token-dark:#2", "--diffs-token-light:#66707B;font-style:italic"];

test("parts are split where the colours change, and matches stay whole", () => {
  const { parts } = splitRanges({
    text: "const price = 1; // price",
    ranges: [{ start: 4, end: 8 }],
    leadCharacters: 40,
  });
  const painted = paintParts({ parts, colours: { styles, lines: [[], [17, 0, 8, 1]] }, line: 2, textStart: 0 });
  expect(painted).toEqual([
    { start: 0, content: "cons", isMatch: false, style: { "--diffs-token-light": "#1", "--diffs-token-dark": "#2" } },
    { start: 4, content: "t pr", isMatch: true },
    {
      start: 8,
      content: "ice = 1; ",
      isMatch: false,
      style: { "--diffs-token-light": "#1", "--diffs-token-dark": "#2" },
    },
    {
      start: 17,
      content: "// price",
      isMatch: false,
      style: { "--diffs-token-light": "#4b535d", fontStyle: "italic" },
    },
  ]);
});

test("a line without colours stays as it is", () => {
  const { parts } = splitRanges({ text: "a b", ranges: [{ start: 0, end: 1 }], leadCharacters: 40 });
  expect(paintParts({ parts, colours: { styles: [], lines: [] }, line: 1, textStart: 0 })).toEqual(parts);
});

test("no character is lost or repeated, whatever the colours are", () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(1)), { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.nat(30),
      fc.nat(30),
      fc.nat(20),
      pairs,
      (text, start, length, textStart, line) => {
        const from = Math.min(start, text.length);
        const ranges = [{ start: from, end: Math.min(from + length, text.length) }];
        const { parts } = splitRanges({ text, ranges, leadCharacters: 10 });
        const painted = paintParts({ parts, colours: { styles, lines: [line.flat()] }, line: 1, textStart });
        expect(painted.map(({ content }) => content).join("")).toBe(parts.map(({ content }) => content).join(""));
        for (const { start: at, content } of painted) expect(text.slice(at, at + content.length)).toBe(content);
      },
    ),
  );
});
