import fc from "fast-check";
import { expect, test } from "vitest";
import { keepTextForm } from "./keep-text-form.ts";

test.each([
  ["CRLF stays", "a\r\nb\r\n", "a\nB\n", "a\r\nB\r\n"],
  ["a byte order mark stays", "\uFEFFa\n", "b\n", "\uFEFFb\n"],
  ["a mark is not doubled", "\uFEFFa\n", "\uFEFFb\n", "\uFEFFb\n"],
  ["lines that stay keep mixed endings", "a\r\nb\nc\r\nd\r\n", "a\nb\nX\nd\n", "a\r\nb\nX\r\nd\r\n"],
  ["LF stays where few lines have CRLF", "a\nb\r\nc\n", "a\nb\nnew\nc\n", "a\nb\r\nnew\nc\n"],
  ["a final ending is as written", "a\r\nb\r\n", "a\nb", "a\r\nb"],
  ["a final ending that is new is the file's", "a\r\nb", "a\nb\n", "a\r\nb\r\n"],
  ["content with carriage returns is about them", "a\nb\n", "a\r\nb\r\n", "a\r\nb\r\n"],
  ["content with carriage returns is as written, mixed or not", "a\r\nb\r\n", "a\r\nb\n", "a\r\nb\n"],
])("%s", (_, before, content, expected) => {
  expect(keepTextForm({ before, content })).toBe(expected);
});

test("a text rewritten as shown to the model keeps its bytes, and only a changed line differs", () => {
  const ending = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.stringMatching(/^[a-c ]{0,3}$/), ending), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      (lines, hasMark, isTerminated, place) => {
        const toText = (parts: [string, string][]) => {
          const joined = parts.map(([text, end]) => text + end).join("");
          return (hasMark ? "\uFEFF" : "") + (isTerminated ? joined : joined.replace(/\r?\n$/, ""));
        };
        const before = toText(lines);
        const asSeen = (text: string) => text.replace("\uFEFF", "").replaceAll("\r\n", "\n");
        fc.pre(asSeen(before) !== "");
        expect(keepTextForm({ before, content: asSeen(before) })).toBe(before);
        const index = place % lines.length;
        const changed = lines.map(([text, end], line): [string, string] => [line === index ? "changed" : text, end]);
        const after = keepTextForm({ before, content: asSeen(toText(changed)) });
        const old = before.split("\n");
        const different = after.split("\n").filter((line, at) => line !== old[at]);
        expect(different.map((line) => line.replace(/\r$/, "").replace("\uFEFF", ""))).toEqual(["changed"]);
      },
    ),
    { numRuns: 2_000 },
  );
});
