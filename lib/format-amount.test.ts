import { expect, it } from "vitest";
import { formatCost, formatDuration, formatTokens } from "./format-amount.ts";

it.each([
  [-5, "0.0 s"],
  [0, "0.0 s"],
  [449, "0.4 s"],
  [9_949, "9.9 s"],
  [9_950, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min 00 s"],
  [185_000, "3 min 05 s"],
  [3_720_000, "1 h 02 min"],
])("writes %d ms as %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

it.each([
  [0, "0"],
  [999, "999"],
  [12_340, "12.3k"],
  [999_949, "999.9k"],
  [999_950, "1.0M"],
])("writes %d tokens as %s", (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});

it.each([
  [0, "$0"],
  [0.004, "under $0.01"],
  [0.031, "$0.03"],
])("writes %d dollars as %s", (costUsd, text) => {
  expect(formatCost(costUsd)).toBe(text);
});
