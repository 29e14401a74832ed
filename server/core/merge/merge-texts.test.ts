import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeTexts } from "./merge-texts.ts";

const base = "one\ntwo\nthree\nfour\nfive\n";

describe("mergeTexts", () => {
  test("takes a change of one side", () => {
    expect(mergeTexts({ base, ours: base.replace("one", "ONE"), theirs: base.replace("five", "FIVE") })).toEqual({
      status: "merged",
      text: "ONE\ntwo\nthree\nfour\nFIVE\n",
    });
  });

  test("takes the same change of both sides once", () => {
    const ours = base.replace("one", "ONE").replace("three", "THREE");
    const theirs = base.replace("one", "ONE").replace("five", "FIVE");
    expect(mergeTexts({ base, ours, theirs })).toEqual({ status: "merged", text: "ONE\ntwo\nTHREE\nfour\nFIVE\n" });
  });

  test("reports different changes of one line as a conflict, with its line", () => {
    expect(mergeTexts({ base, ours: base.replace("three", "3"), theirs: base.replace("three", "III") })).toEqual({
      status: "conflicted",
      conflicts: [{ line: 3, base: "three\n", ours: "3\n", theirs: "III\n" }],
    });
  });

  test("treats line endings and a missing final one as content", () => {
    expect(mergeTexts({ base: "a\r\nb\r\nc", ours: "a\r\nb\r\nc\r\n", theirs: "A\r\nb\r\nc" })).toEqual({
      status: "merged",
      text: "A\r\nb\r\nc\r\n",
    });
    expect(mergeTexts({ base: "a\nb\n", ours: "a\r\nb\r\n", theirs: "a\nB\n" }).status).toBe("conflicted");
  });

  test("a change of one side gives that side's text, and the merge is symmetric", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d\r\n"), { maxLength: 12 })
      .map((lines) => lines.join(""));
    fc.assert(
      fc.property(text, text, text, (from, left, right) => {
        expect(mergeTexts({ base: from, ours: left, theirs: from })).toEqual({ status: "merged", text: left });
        expect(mergeTexts({ base: from, ours: from, theirs: right })).toEqual({ status: "merged", text: right });
        const one = mergeTexts({ base: from, ours: left, theirs: right });
        const other = mergeTexts({ base: from, ours: right, theirs: left });
        expect(other.status).toBe(one.status);
      }),
    );
  });
});
