import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeText } from "../file-content.ts";
import { buildFilePatch } from "./build-file-patch.ts";
import { takeHunks } from "./take-hunks.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");

test("hunks of a text are taken one by one", () => {
  const before = numbered(40);
  const after = before.replace("line 3\n", "three\n").replace("line 20\n", "").replace("line 35\n", "line 35\nmore\n");
  expect(takeHunks({ before, after, takes: (index) => index === 1 })).toEqual({
    text: before.replace("line 20\n", ""),
    hunkCount: 3,
  });
});

test("all hunks give the new text, none the old one, and there are as many as in the patch", () => {
  const text = fc
    .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d"), { maxLength: 60 })
    .map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(takeHunks({ before, after, takes: () => true }).text).toBe(after);
      const { text: kept, hunkCount } = takeHunks({ before, after, takes: () => false });
      expect(kept).toBe(before);
      const { patch } = buildFilePatch({ path: "a", before: encodeText(before), after: encodeText(after) });
      expect(patch.match(/^@@ /gm)?.length ?? 0).toBe(hunkCount);
    }),
  );
});
