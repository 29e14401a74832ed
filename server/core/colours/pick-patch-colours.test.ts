import fc from "fast-check";
import { expect, test } from "vitest";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { encodeText } from "../file-content.ts";
import { buildFilePatch } from "../diff/build-file-patch.ts";
import { pickPatchColours } from "./pick-patch-colours.ts";

/** One pair per line: its length, and a style that encodes its side and line. */
function colourLines({ side, text }: { side: string; text: string }): LineColours {
  const lines = text.split("\n");
  return { styles: lines.map((line) => `${side} ${line}`), lines: lines.map((line, index) => [line.length, index]) };
}

const texts = fc
  .array(fc.constantFrom("", "a", "b", "c", "-d", "+e", "@@ -1 +1 @@", "\\ no"), { maxLength: 30 })
  .map((lines) => lines.join("\n"));

test("each line of a patch has the colours of its own line, and unchanged ones those of the old side", () => {
  fc.assert(
    fc.property(texts, texts, fc.nat({ max: 4 }), (before, after, contextLines) => {
      const { patch } = buildFilePatch({
        path: "a.txt",
        before: encodeText(before),
        after: encodeText(after),
        contextLines,
      });
      const { styles, lines } = pickPatchColours({
        patch,
        before: colourLines({ side: "old", text: before }),
        after: colourLines({ side: "new", text: after }),
      });
      const hunks = patch.slice(Math.max(0, patch.search(/^@@/m)));
      const expected =
        hunks === "" || patch === ""
          ? []
          : readHunkLines(hunks).map((line) => `${line.startsWith("+") ? "new" : "old"} ${line.slice(1)}`);
      expect(lines.map((line) => styles[line[1] ?? -1])).toEqual(expected);
      expect(lines.map(([length]) => length)).toEqual(expected.map((line) => line.length - "old ".length));
    }),
  );
});

/** Counted from the headers, so that code that looks like a header does not matter. */
function readHunkLines(hunks: string): string[] {
  const found: string[] = [];
  let left = 0;
  for (const line of hunks.split("\n")) {
    if (left > 0 && !line.startsWith("\\")) {
      found.push(line);
      left -= line.startsWith(" ") ? 2 : 1;
    } else if (left === 0) {
      const counts = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
      if (counts !== null) left = Number(counts[1] ?? 1) + Number(counts[2] ?? 1);
    }
  }
  return found;
}

test("a missing side has no colours", () => {
  const { patch } = buildFilePatch({ path: "a.txt", before: null, after: encodeText("one\ntwo\n") });
  expect(
    pickPatchColours({ patch, before: null, after: colourLines({ side: "new", text: "one\ntwo\n" }) }).lines,
  ).toHaveLength(2);
});
