import { expect, test } from "vitest";
import { lastWords } from "./last-words.ts";

test.each([
  ["", ""],
  ["Reading the models", "Reading the models"],
  ["First.\nNow the migration\n```\n", "Now the migration"],
  [`${"word ".repeat(30)}last`, `…${`${"word ".repeat(30)}last`.slice(-47)}`],
])("of %j, %j is shown", (end, shown) => {
  expect(lastWords(end)).toBe(shown);
});
