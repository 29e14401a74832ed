import { expect, test } from "vitest";
import { readStatus } from "./status-letters.ts";

test("an address names statuses by letter, and by word in older links", () => {
  expect(["A", "M", "D", "R"].map(readStatus)).toEqual(["added", "modified", "deleted", "moved"]);
  expect(["added", "moved", "X", ""].map(readStatus)).toEqual(["added", "moved", null, null]);
});
