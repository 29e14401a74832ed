import { expect, test } from "vitest";
import { translateKey } from "./key-map.ts";

const map = new Map([
  ["n", "d"],
  ["g", ","],
]);

test.each([
  ["n", "d"],
  ["Shift+N", "Shift+D"],
  ["Shift+G", "Shift+G"],
  ["g h", ", h"],
  ["g n", ", d"],
  ["j", "j"],
  ["$mod+n", "$mod+n"],
  ["Enter", "Enter"],
  ["Shift+?", "Shift+?"],
  ["Shift+ArrowDown", "Shift+ArrowDown"],
])("%s is pressed as %s", (key, expected) => {
  expect(translateKey({ key, map })).toBe(expected);
});

test("without changes, every key is itself", () => {
  expect(translateKey({ key: "n", map: new Map() })).toBe("n");
});
