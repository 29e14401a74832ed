import { expect, test } from "vitest";
import { limits } from "#lib/contracts/limits.ts";
import { findObstacle, formatSize, isPicture, toSize } from "./attachment-list.ts";

const image = { name: "a.png", mediaType: "image/png", sizeBytes: 1_000 };
const text = { name: "a.txt", mediaType: "text/plain", sizeBytes: 1_000 };

test("a file is accepted while there is room, and each limit has its own message", () => {
  expect(findObstacle({ list: [], file: image })).toBeNull();
  expect(findObstacle({ list: [], file: text })).toBeNull();
  expect(findObstacle({ list: Array.from({ length: limits.attachments }, () => text), file: text })).toContain(
    "at most 8 attachments",
  );
  expect(findObstacle({ list: [], file: { ...image, sizeBytes: limits.imageAttachmentBytes + 1 } })).toContain("5 MiB");
  expect(findObstacle({ list: [], file: { ...text, sizeBytes: limits.textAttachmentBytes + 1 } })).toContain("200 kB");
  const large = { ...image, sizeBytes: 4 * 1_048_576 };
  expect(findObstacle({ list: [large, large], file: large })).toContain("10 MiB together");
});

test("the size of an attachment in the request is known before it is sent, if it will be accepted", () => {
  const picture = { width: 640, height: 360 };
  expect(toSize({ ...image, picture })).toEqual({ kind: "image", name: "a.png", ...picture });
  expect(toSize({ ...image, picture: { ...picture, width: limits.imagePixels + 1 } })).toBeNull();
  expect(toSize({ ...text, picture: null })).toEqual({ kind: "text", name: "a.txt", sizeBytes: 1_000 });
  expect(toSize({ ...text, picture: null, sizeBytes: limits.textAttachmentBytes + 1 })).toBeNull();
});

test("an SVG is not a picture, and sizes have few digits", () => {
  expect(isPicture({ mediaType: "image/svg+xml" })).toBe(false);
  expect(isPicture(image)).toBe(true);
  expect([12, 12_345, 1_440_000].map(formatSize)).toEqual(["12 B", "12 kB", "1.4 MB"]);
});
