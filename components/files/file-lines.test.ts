import { expect, test } from "vitest";
import { clampFileLines, countLines, findMovingEnd, formatFileLines, parseFileLines, spanLines } from "./file-lines.ts";

test.each([
  ["12", { first: 12, last: 12 }],
  ["12-20", { first: 12, last: 20 }],
  ["20-12", null],
  ["0", null],
  ["12-", null],
  ["R12", null],
  ["99999999", null],
  ["", null],
  [null, null],
])("%j names %j", (text, expected) => {
  expect(parseFileLines(text)).toEqual(expected);
});

test.each(["7", "7-9"])("%s is written as it was read", (text) => {
  expect(formatFileLines(parseFileLines(text) ?? { first: 0, last: 0 })).toBe(text);
});

test.each([
  [{ first: 3, last: 9 }, 5, { first: 3, last: 5 }],
  [{ first: 8, last: 9 }, 5, { first: 5, last: 5 }],
  [{ first: 2, last: 2 }, 0, { first: 1, last: 1 }],
])("%j of %i lines are %j", (lines, lineCount, expected) => {
  expect(clampFileLines({ lines, lineCount })).toEqual(expected);
});

test.each([
  ["down", 5, [1, 1, -1], { first: 5, last: 6 }],
  ["up", 5, [-1, -1], { first: 3, last: 5 }],
  ["down, back and up", 5, [1, -1, -1], { first: 4, last: 5 }],
])("a selection grows %s from its start", (_, from, steps, expected) => {
  const grown = steps.reduce((lines, by) => spanLines({ from, to: findMovingEnd({ lines, from }) + by }), {
    first: from,
    last: from,
  });
  expect(grown).toEqual(expected);
});

test.each([
  ["", 1],
  ["a", 1],
  ["a\n", 1],
  ["a\nb", 2],
  ["a\n\n", 2],
])("%j has %i lines", (text, expected) => {
  expect(countLines(text)).toBe(expected);
});
