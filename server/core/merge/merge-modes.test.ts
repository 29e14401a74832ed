import fc from "fast-check";
import { expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import { mergeModes } from "./merge-modes.ts";

const modes = ["100644", "100755", "120000"] as const;

test.each<[FileMode | null, FileMode, FileMode, FileMode | null]>([
  ["100644", "100755", "100644", "100755"],
  ["100644", "100644", "100755", "100755"],
  ["100755", "100644", "100755", "100644"],
  ["100644", "100755", "100755", "100755"],
  ["100755", "100644", "120000", null],
  ["100644", "100644", "120000", null],
  ["120000", "100644", "120000", null],
  ["120000", "120000", "120000", "120000"],
  [null, "100644", "100755", null],
  [null, "120000", "120000", "120000"],
])("from %s, %s and %s are %s", (base, ours, theirs, expected) => {
  expect(mergeModes({ base, ours, theirs })).toBe(expected);
});

test("is symmetric", () => {
  const mode = fc.constantFrom(...modes);
  fc.assert(
    fc.property(fc.constantFrom(null, ...modes), mode, mode, (base, ours, theirs) => {
      expect(mergeModes({ base, ours, theirs })).toBe(mergeModes({ base, ours: theirs, theirs: ours }));
    }),
  );
});
