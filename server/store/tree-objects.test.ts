import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { decodeDirectory, encodeDirectory } from "./tree-objects.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex") as ContentHash);
const entry = fc.oneof(
  fc.record({ kind: fc.constant("file" as const), contentHash: hash, sizeBytes: fc.nat(), isBinary: fc.boolean() }),
  fc.record({ kind: fc.constant("directory" as const), treeHash: hash }),
);
const directory = fc.array(fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), entry)).map((entries) => new Map(entries));

describe("a stored directory", () => {
  test("decodes to what was encoded", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(decodeDirectory(encodeDirectory(value))).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test("has one encoding, whatever the order of insertion", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(encodeDirectory(new Map([...value].toReversed()))).toEqual(encodeDirectory(value));
      }),
      { numRuns: 1_000 },
    );
  });
});
