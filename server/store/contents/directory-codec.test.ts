import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { decodeDirectory, encodeDirectory } from "./directory-codec.ts";

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex") as ContentHash);
const mode = fc.constantFrom<FileMode>("100644", "100755", "120000");
const entry = fc.oneof(
  fc.record({
    kind: fc.constant("file" as const),
    contentHash: hash,
    sizeBytes: fc.nat(),
    isBinary: fc.boolean(),
    mode,
  }),
  fc.record({ kind: fc.constant("directory" as const), treeHash: hash }),
);
const directory = fc
  .array(fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), entry))
  .map((entries) => new Map(entries));

describe("a stored directory", () => {
  test("decodes to the encoded entries", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(decodeDirectory(encodeDirectory(value))).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test("has one encoding, regardless of insertion order", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(encodeDirectory(new Map([...value].toReversed()))).toEqual(encodeDirectory(value));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a directory stored before entries had a mode", () => {
  const bytes = Buffer.from(
    "0107677261646c6577a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf0a02086c6f676f2e706e678f8cbb7dcf46e0bc7d53265749a6c17d116093a6ba95e442764060c76fd4a86c030003737263e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "hex",
  );

  test("reads as a directory of regular files, and encodes to its original hash", () => {
    const decoded = decodeDirectory(bytes);
    expect([...decoded.values()].map((value) => (value.kind === "file" ? value.mode : value.kind))).toEqual([
      "100644",
      "100644",
      "directory",
    ]);
    expect(hashContent(encodeDirectory(decoded))).toBe(
      "f588613122efd25326141a01ec6fe9e556b47d47a7df47e27f5a5f02c5bcebe9",
    );
  });

  test("hashes differently from one with an executable or a link in the file's place", () => {
    const decoded = decodeDirectory(bytes);
    const gradlew = decoded.get("gradlew");
    if (gradlew?.kind !== "file") throw new TypeError("The fixture holds gradlew.");
    const hashes = (["100644", "100755", "120000"] as const).map((mode) =>
      hashContent(encodeDirectory(new Map(decoded).set("gradlew", { ...gradlew, mode }))),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});
