import { expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { whyIdentical } from "./why-identical.ts";

const version = (number: number, kind: "edit" | "rollback" = "edit", source: number | null = null) => ({
  generationId: `g${number}` as GenerationId,
  version: number,
  kind,
  sourceGenerationId: source === null ? null : (`g${source}` as GenerationId),
});

test("a roll back has the files of its source version, on whichever side it is", () => {
  const back = version(4, "rollback", 2);
  const why = "v4 was made by rolling back to v2, so it has the same files.";
  expect(whyIdentical({ base: version(2), head: back })).toBe(why);
  expect(whyIdentical({ base: back, head: version(2) })).toBe(why);
  expect(whyIdentical({ base: version(3), head: back })).toBe(
    "v4 was made by rolling back to an earlier version, which had the same files as v3.",
  );
});

test("other versions have the same files by chance, and one has those of itself", () => {
  expect(whyIdentical({ base: version(2), head: version(3) })).toBe(
    "All files have the same paths and contents in both.",
  );
  expect(whyIdentical({ base: version(2), head: version(2) })).toBe(
    "Choose another version above to see what differs.",
  );
});
