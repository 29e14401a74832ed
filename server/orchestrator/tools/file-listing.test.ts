import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFileListing, parseFileListing } from "./file-listing.ts";

test("a listing is read back as written", () => {
  const file = fc.record({ path: fc.stringMatching(/^[a-z][a-z ./0-9]{0,20}[a-z]$/), sizeBytes: fc.nat() });
  fc.assert(
    fc.property(fc.array(file), (files) => {
      expect(parseFileListing(formatFileListing(files))).toEqual(files);
    }),
  );
});

test("the last line says what a long listing omits", () => {
  const files = Array.from({ length: 2_003 }, (_, index) => ({ path: `f${index}`, sizeBytes: index }));
  const text = formatFileListing(files);
  expect(text).toContain("… and 3 more");
  expect(parseFileListing(text)).toHaveLength(2_000);
});
