import fc from "fast-check";
import { expect, test } from "vitest";
import { EditFragments, listFragmentLines } from "./edit-fragments.ts";

function streamed(...edits: [oldText: string, newText: string][]): EditFragments {
  const fragments = new EditFragments();
  for (const [oldText, newText] of edits) {
    for (const delta of oldText.match(/[\s\S]{1,3}/g) ?? []) fragments.append({ delta, isOld: true });
    for (const delta of newText.match(/[\s\S]{1,3}/g) ?? []) fragments.append({ delta, isOld: false });
  }
  return fragments;
}

test("an edit is counted by its differing lines, while it streams and after", () => {
  const fragments = streamed(["a\nb\nc\n", "a\nB\nB2\nc\n"]);
  expect(fragments.count()).toEqual({ additions: 2, deletions: 1 });
  fragments.append({ delta: "x\ny\n", isOld: true });
  expect(fragments.count()).toEqual({ additions: 2, deletions: 1 });
  fragments.append({ delta: "x\n", isOld: false });
  expect(fragments.count()).toEqual({ additions: 2, deletions: 2 });
  expect(fragments.fragments).toHaveLength(2);
});

test("unchanged lines surround removed and added ones", () => {
  expect(listFragmentLines({ oldText: "a\nb\nc\n", newText: "a\nB\nc\n" })).toEqual([
    { sign: " ", text: "a" },
    { sign: "-", text: "b" },
    { sign: "+", text: "B" },
    { sign: " ", text: "c" },
  ]);
});

test("an event log without old texts has the new ones", () => {
  const fragments = streamed(["", "one\ntwo\n"]);
  expect(fragments.count()).toEqual({ additions: 2, deletions: 0 });
});

test("both texts can be reconstructed from the lines", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (oldText, newText) => {
      const lines = listFragmentLines({ oldText, newText });
      const side = (sign: "-" | "+") =>
        lines.flatMap((line) => (line.sign === " " || line.sign === sign ? [line.text] : [])).join("\n");
      expect(side("-")).toBe(oldText);
      expect(side("+")).toBe(newText);
    }),
  );
});
