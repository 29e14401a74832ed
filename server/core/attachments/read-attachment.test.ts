import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import { buildPng } from "#server/testing/small-images.ts";
import { countAttachmentTokens, readAttachment } from "./read-attachment.ts";

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ""), "hex"));
const padded = (bytes: Uint8Array) => new Uint8Array([...bytes, ...new Uint8Array(32)]);
const bytesOf = (text: string) => new TextEncoder().encode(text);

const images = {
  png: { bytes: buildPng({ width: 300, height: 200 }), facts: ["image/png", 300, 200] },
  gif: { bytes: padded(hex("474946383961 2c01 c800")), facts: ["image/gif", 300, 200] },
  jpeg: {
    bytes: padded(hex("ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 00c8 012c 03")),
    facts: ["image/jpeg", 300, 200],
  },
  "webp, lossy": {
    bytes: padded(hex("52494646 24000000 57454250 56503820 18000000 000000 9d012a 2c01 c800")),
    facts: ["image/webp", 300, 200],
  },
  "webp, lossless": {
    bytes: padded(hex("52494646 24000000 57454250 5650384c 18000000 2f 2bc13100")),
    facts: ["image/webp", 300, 200],
  },
  "webp, extended": {
    bytes: padded(hex("52494646 24000000 57454250 56503858 0a000000 00000000 2b0100 c70000")),
    facts: ["image/webp", 300, 200],
  },
};

test.each(Object.entries(images))("%s is detected by its content, whatever its name", (_, { bytes, facts }) => {
  const [mediaType, width, height] = facts;
  expect(readAttachment({ name: "notes.txt", bytes })).toEqual({
    status: "read",
    facts: { kind: "image", mediaType, width, height },
  });
});

test("text stays text, also an SVG and an HTML page, whatever their names say", () => {
  for (const text of ["plain\n", "<svg onload='alert(1)'/>", "<script>1</script>", "ünï\ufeffcode"])
    expect(readAttachment({ name: "photo.png", bytes: bytesOf(text) })).toMatchObject({
      status: "read",
      facts: { kind: "text", mediaType: "text/plain" },
    });
});

test("anything else, an empty file and a file that is too large are refused by name", () => {
  const refusals: [Uint8Array, RegExp][] = [
    [new Uint8Array(), /a is empty/],
    [bytesOf("a\0b"), /a is neither text nor an image/],
    [hex("ffd8ffe0"), /neither/],
    [hex("25504446 2d312e37 0a25 e2e3cfd3"), /neither/],
    [buildPng({ width: 1, height: limits.imagePixels + 1 }), /a is 1 × 8001 pixels/],
    [new Uint8Array([...buildPng({ width: 1, height: 1 }), ...new Uint8Array(limits.imageAttachmentBytes)]), /5 MiB/],
    [bytesOf("x".repeat(limits.textAttachmentBytes + 1)), /longer than 200 kB/],
  ];
  for (const [bytes, reason] of refusals)
    expect(readAttachment({ name: "a", bytes })).toMatchObject({
      status: "refused",
      reason: expect.stringMatching(reason) as string,
    });
});

test("any bytes get a result, even if they begin like an image", () => {
  const beginnings = Object.values(images).map(({ bytes }) => Array.from(bytes.slice(0, 30)));
  fc.assert(
    fc.property(fc.constantFrom([], ...beginnings), fc.nat(30), fc.uint8Array({ maxLength: 60 }), (head, cut, tail) => {
      const bytes = new Uint8Array([...head.slice(0, cut), ...tail]);
      expect(["read", "refused"]).toContain(readAttachment({ name: "a", bytes }).status);
    }),
  );
});

test("an image is estimated as providers count it, at most at its scaled size", () => {
  const count = (width: number, height: number) => countAttachmentTokens({ kind: "image", width, height });
  expect(count(750, 100)).toBe(100);
  expect(count(8_000, 8_000)).toBe(Math.ceil((1_568 * 1_568) / 750));
});
