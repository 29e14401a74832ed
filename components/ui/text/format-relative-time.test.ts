import { expect, it } from "vitest";
import { formatRelativeTime } from "./format-relative-time.ts";

const now = new Date(2026, 4, 20, 12, 0, 0);
const ago = (ms: number) => formatRelativeTime({ at: new Date(now.getTime() - ms), now });

it.each([
  [0, "just now"],
  // The server's clock may be ahead of the browser's.
  [-5_000, "just now"],
  [59_999, "just now"],
  [60_000, "1 min ago"],
  [59 * 60_000, "59 min ago"],
  [60 * 60_000, "1 h ago"],
  [24 * 3_600_000, "1 day ago"],
  [6 * 86_400_000, "6 days ago"],
  [7 * 86_400_000, "2026-05-13"],
])("formats %d ms as %s", (ms, text) => {
  expect(ago(ms)).toBe(text);
});
