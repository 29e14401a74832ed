import { describe, expect, test } from "vitest";
import { countDroppedLines, isAtEnd } from "./log-follow.ts";

test("follows the log if it is scrolled near the end", () => {
  expect(isAtEnd({ scrollTop: 880, scrollHeight: 1_000, clientHeight: 100 })).toBe(true);
  expect(isAtEnd({ scrollTop: 500, scrollHeight: 1_000, clientHeight: 100 })).toBe(false);
});

describe("lines dropped from the start", () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index} of what it prints\n`).join("");

  test("are none if the log only grows", () => {
    expect(countDroppedLines({ before: lines(0, 20), after: lines(0, 30) })).toBe(0);
    expect(countDroppedLines({ before: "", after: lines(0, 3) })).toBe(0);
  });

  test("are counted by the text that remains", () => {
    expect(countDroppedLines({ before: lines(0, 50), after: lines(12, 60) })).toBe(12);
  });

  test("are none if a new log begins", () => {
    expect(countDroppedLines({ before: lines(0, 50), after: "started\n" })).toBe(0);
  });
});
