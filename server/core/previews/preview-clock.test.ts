import { expect, test } from "vitest";
import type { PreviewId } from "#lib/contracts/versions/preview.ts";
import { findIdle, findReplaced, previewIdleMs } from "./preview-clock.ts";
import { previewHost, readPreviewToken } from "./preview-host.ts";

const used = (...times: number[]) =>
  times.map((usedAtMs, index) => ({ previewId: `p${index}` as PreviewId, usedAtMs }));

test("a preview is idle after a quarter of an hour without a request, to the millisecond", () => {
  const nowMs = 10 * previewIdleMs;
  expect(findIdle({ previews: used(nowMs, nowMs - previewIdleMs + 1, nowMs - previewIdleMs), nowMs })).toEqual(["p2"]);
});

test("the least recently requested are stopped, as many as necessary", () => {
  expect(findReplaced({ previews: used(3, 1), maximum: 3 })).toEqual([]);
  expect(findReplaced({ previews: used(3, 1, 2), maximum: 3 })).toEqual(["p1"]);
  expect(findReplaced({ previews: used(3, 1, 2, 5), maximum: 3 })).toEqual(["p1", "p2"]);
});

test("a host names one preview, and only in its canonical form", () => {
  const token = "0123456789abcdef0123456789abcdef";
  expect(readPreviewToken(`${previewHost({ version: 8, token })}:4100`)).toBe(token);
  expect(readPreviewToken(`V8-${token.toUpperCase()}.LOCALHOST`)).toBe(token);
  const others = [
    undefined,
    "",
    "localhost",
    token,
    `v8-${token}`,
    `v8-${token}.localhost.`,
    `v8-${token}x.localhost`,
    `a.v8-${token}.localhost`,
    `v8-${token}.localhost:1:2`,
  ];
  expect(others.map((host) => readPreviewToken(host))).toEqual(others.map(() => null));
});
