import { expect, test } from "vitest";
import { readSetAside, setAside } from "./set-aside.ts";

test.each<[string, string[], string | null, string, string[]]>([
  ["a draft that was typed is kept", [], "typed", "other", ["typed"]],
  ["none, or one of spaces, is not", [], "  \n", "other", []],
  ["nor one that is the text itself", [], "other ", "other", []],
  ["the newest comes first, once", ["b", "a"], "a", "other", ["a", "b"]],
  ["one that is brought back is no longer set aside", ["b", "a"], "typed", "a", ["typed", "b"]],
  ["the oldest go", ["5", "4", "3", "2", "1"], "6", "other", ["6", "5", "4", "3", "2"]],
])("%s", (_, earlier, draft, text, expected) => {
  expect(setAside({ earlier, draft, text })).toEqual(expected);
});

test.each([[null], ["no json"], ['{"a":1}'], ["[1]"]])("%s is not a draft", (stored) => {
  expect(readSetAside(stored)).toEqual([]);
});
