import { expect, test } from "vitest";
import { findInLine, findInText, toFindPattern } from "./find-in-text.ts";

const pattern = (query: string, options: { isCaseSensitive?: boolean; isRegex?: boolean } = {}) =>
  toFindPattern({ query, isCaseSensitive: options.isCaseSensitive ?? false, isRegex: options.isRegex ?? false }) ??
  /$^/g;

test("finds every position of a text, with its line", () => {
  const text = "one two\r\nTwo\n\ntwo two (x)";
  const at = (query: string, options?: Parameters<typeof pattern>[1]) =>
    findInText({ text, pattern: pattern(query, options), limit: 100 }).map(
      ({ line, start, end }) => `${line}:${start}-${end}`,
    );
  expect(at("two")).toEqual(["1:4-7", "2:0-3", "4:0-3", "4:4-7"]);
  expect(at("two", { isCaseSensitive: true })).toEqual(["1:4-7", "4:0-3", "4:4-7"]);
  expect(at("(x)")).toEqual(["4:8-11"]);
  expect(at("^t", { isRegex: true })).toEqual(["2:0-1", "4:0-1"]);
  expect(at("o$", { isRegex: true })).toEqual(["1:6-7", "2:2-3"]);
  expect(findInText({ text, pattern: pattern("two"), limit: 2 })).toHaveLength(2);
});

test("ignores empty matches, and terminates", () => {
  expect(findInLine({ text: "aba", pattern: pattern("b*", { isRegex: true }) })).toEqual([{ start: 1, end: 2 }]);
  expect(findInLine({ text: "aba", pattern: pattern("^", { isRegex: true }) })).toEqual([]);
});

test("an invalid query gives no pattern", () => {
  expect(toFindPattern({ query: "(", isCaseSensitive: false, isRegex: true })).toBeNull();
  expect(toFindPattern({ query: "", isCaseSensitive: false, isRegex: false })).toBeNull();
});
