import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blameLines } from "./blame-lines.ts";
import { splitLines } from "./split-lines.ts";

describe("blameLines", () => {
  test.each([
    ["one text", ["a\nb\n"], [0, 0]],
    ["an inserted line", ["a\nc\n", "a\nb\nc\n"], [0, 1, 0]],
    ["a line that is changed twice", ["a\nb\nc\n", "a\nB\nc\n", "a\nB\nC\n"], [0, 1, 2]],
    ["a line that is removed and added again", ["a\nb\n", "a\n", "a\nb\n"], [0, 2]],
    ["lines shifted by an insertion above", ["x\ny\n", "new\nx\ny\n", "new\nx\ny\nlast\n"], [1, 0, 0, 2]],
    ["a final line feed is added, which changes that line", ["a\nb", "a\nb\n"], [0, 1]],
    ["an empty text", ["a\n", ""], []],
    ["no text", [], []],
  ])("%s", (_, texts, owners) => {
    expect(blameLines(texts)).toEqual(owners);
  });

  test("attributes each line to a text that has it, for any texts", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 })
      .map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
        const last = splitLines(texts.at(-1) ?? "");
        const owners = blameLines(texts);
        expect(owners).toHaveLength(last.length);
        for (const [line, owner] of owners.entries())
          for (const since of texts.slice(owner)) expect(splitLines(since)).toContain(last[line]);
      }),
      { numRuns: 1_000 },
    );
  });
});
