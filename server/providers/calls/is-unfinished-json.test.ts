import fc from "fast-check";
import { expect, test } from "vitest";
import { isUnfinishedJson } from "./is-unfinished-json.ts";

test("every proper prefix of an object is unfinished, and the whole is not", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, seed) => {
      const json = JSON.stringify(value);
      const length = 1 + (seed % Math.max(1, json.length - 1));
      expect(isUnfinishedJson(json)).toBe(false);
      if (length < json.length) expect(isUnfinishedJson(json.slice(0, length))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test.each(["", "{}", '{"a": }', "nonsense", "}{}", '{"a":"\\""}'])("%j is finished", (text) => {
  expect(isUnfinishedJson(text)).toBe(false);
});

test.each(["{", '{"a":"\\"', '{"a":"}', "[1,"])("%j is unfinished", (text) => {
  expect(isUnfinishedJson(text)).toBe(true);
});
