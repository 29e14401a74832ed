import { expect, test } from "vitest";
import { readRetryAfterMs } from "./read-retry-after.ts";

test.each([
  [{}, undefined],
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "7", "retry-after-ms": "1234" }, 1_234],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, 0],
])("%j", (headers, expected) => {
  expect(readRetryAfterMs(headers)).toBe(expected);
});

test("a date counts from now", () => {
  const waitMs = readRetryAfterMs({ "retry-after": new Date(Date.now() + 30_000).toUTCString() });
  expect(waitMs).toBeGreaterThan(28_000);
  expect(waitMs).toBeLessThanOrEqual(30_000);
});
