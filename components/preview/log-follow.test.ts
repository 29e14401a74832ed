import { describe, expect, test } from "vitest";
import { countDroppedLines, isAtEnd } from "./log-follow.ts";

test("who is near the end follows it", () => {
  expect(isAtEnd({ scrollTop: 880, scrollHeight: 1_000, clientHeight: 100 })).toBe(true);
  expect(isAtEnd({ scrollTop: 500, scrollHeight: 1_000, clientHeight: 100 })).toBe(false);
});

describe("lines that go at the beginning", () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index} of what it prints\n`).join("");

  test("a log that only grows loses none", () => {
    expect(countDroppedLines({ before: lines(0, 20), after: lines(0, 30) })).toBe(0);
    expect(countDroppedLines({ before: "", after: lines(0, 3) })).toBe(0);
  });

  test("a log that is cut at its beginning is told by what is left", () => {
    expect(countDroppedLines({ before: lines(0, 50), after: lines(12, 60) })).toBe(12);
  });

  test("a log that begins anew is another one", () => {
    expect(countDroppedLines({ before: lines(0, 50), after: "started\n" })).toBe(0);
  });
});
