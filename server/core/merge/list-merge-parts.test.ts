import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveHunk } from "#lib/resolve-hunk.ts";
import { listMergeParts, type MergePart } from "./list-merge-parts.ts";
import { mergeTexts } from "./merge-texts.ts";

const base = "one\ntwo\nthree\nfour\nfive\n";
const take = (parts: MergePart[], side: "ours" | "theirs") =>
  parts
    .map((part) => (part.type === "merged" ? part.text : resolveHunk({ ...part, decision: { take: side } })))
    .join("");

describe("listMergeParts", () => {
  test("merges what only one side changed, and keeps the rest in place", () => {
    const ours = base.replace("one", "ONE").replace("three", "3");
    const theirs = base.replace("three", "III").replace("five", "FIVE");
    expect(listMergeParts({ base, ours, theirs })).toEqual([
      { type: "merged", text: "ONE\ntwo\n" },
      { type: "conflict", ours: "3\n", theirs: "III\n", base: "three\n" },
      { type: "merged", text: "four\nFIVE\n" },
    ]);
  });

  test("without a base, every difference is a conflict", () => {
    expect(listMergeParts({ base: null, ours: "a\nb\nc\n", theirs: "a\nc\nd\n" })).toEqual([
      { type: "merged", text: "a\n" },
      { type: "conflict", ours: "b\n", theirs: "", base: null },
      { type: "merged", text: "c\n" },
      { type: "conflict", ours: "", theirs: "d\n", base: null },
    ]);
  });

  test("without a base either side can be taken whole; with one, conflicts are exactly where a merge has them", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d\r\n", "e"), { maxLength: 12 })
      .map((lines) => lines.join(""));
    fc.assert(
      fc.property(text, text, text, (from, ours, theirs) => {
        const alone = listMergeParts({ base: null, ours, theirs });
        expect([take(alone, "ours"), take(alone, "theirs")]).toEqual([ours, theirs]);
        const parts = listMergeParts({ base: from, ours, theirs });
        const merged = mergeTexts({ base: from, ours, theirs });
        const conflicts = parts.filter((part) => part.type === "conflict");
        if (merged.status === "merged") expect([conflicts, take(parts, "ours")]).toEqual([[], merged.text]);
        else
          expect(conflicts).toEqual(
            merged.conflicts.map((conflict) => ({
              type: "conflict",
              ours: conflict.ours,
              theirs: conflict.theirs,
              base: expect.any(String),
            })),
          );
      }),
    );
  });
});
