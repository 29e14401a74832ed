import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MergePartOutput } from "#lib/contracts/versions/generation.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import { revertHunks } from "../../decisions/revert-hunks.ts";
import { buildConflictPatch, joinSide } from "./conflict-patch.ts";

const merged = (text: string): MergePartOutput => ({ type: "merged", text });
const conflict = (ours: string, theirs: string): MergePartOutput => ({ type: "conflict", ours, theirs, base: null });

describe("buildConflictPatch", () => {
  test("gives each conflict a hunk, with surrounding lines", () => {
    const parts = [merged("1\n2\n3\n4\n"), conflict("a\n", "b\nc\n"), merged("5\n6\n"), conflict("x", "")];
    expect(buildConflictPatch({ path: "a.txt", parts })).toBe(
      [
        "diff --git a/a.txt b/a.txt",
        "--- a/a.txt",
        "+++ b/a.txt",
        "@@ -2,6 +2,7 @@",
        " 2",
        " 3",
        " 4",
        "-a",
        "+b",
        "+c",
        " 5",
        " 6",
        "@@ -8,1 +8,0 @@",
        "-x",
        "\\ No newline at end of file",
        "",
      ].join("\n"),
    );
  });

  test("every hunk is a conflict, and undoing all of them turns their text into ours", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "\n", "c\r\n"), { maxLength: 9 })
      .map((lines) => lines.join(""));
    const place = fc.tuple(text, text, text).filter(([, ours, theirs]) => ours !== theirs);
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), text, (places, end) => {
        const parts = [
          ...places.flatMap(([before, ours, theirs], index) => [
            // Two conflicts have merged lines between them.
            merged(index > 0 && before === "" ? "between\n" : before),
            conflict(ours, theirs),
          ]),
          merged(end),
        ];
        const hunks = parseHunks(buildConflictPatch({ path: "a.txt", parts }));
        expect(hunks).toHaveLength(places.length);
        const chosen = new Set(hunks.keys());
        expect(revertHunks({ text: joinSide({ parts, side: "theirs" }), hunks, chosen })).toBe(
          joinSide({ parts, side: "ours" }),
        );
      }),
    );
  });
});
