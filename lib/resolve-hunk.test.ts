import { expect, test } from "vitest";
import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";
import { resolveHunk } from "./resolve-hunk.ts";

test.each([
  [{ take: "ours" }, "a\n"],
  [{ take: "theirs" }, "b"],
  [{ take: "ours-theirs" }, "a\nb"],
  [{ take: "theirs-ours" }, "b\na\n"],
  [{ text: "c" }, "c"],
  [{ text: "" }, ""],
] as [HunkDecision, string][])("%j of a and b is %j", (decision, expected) => {
  expect(resolveHunk({ ours: "a\n", theirs: "b", decision })).toBe(expected);
});

test("a missing line ending is that of the other side; a side without lines adds none", () => {
  expect(resolveHunk({ ours: "a", theirs: "b\r\nc\r\n", decision: { take: "ours-theirs" } })).toBe("a\r\nb\r\nc\r\n");
  expect(resolveHunk({ ours: "", theirs: "b", decision: { take: "ours-theirs" } })).toBe("b");
  expect(resolveHunk({ ours: "a", theirs: "", decision: { take: "ours-theirs" } })).toBe("a");
});
