import { expect, it } from "vitest";
import { detectList } from "../src/list-detection";

it("finds a list", () => {
  expect(detectList("- a")).toBe(true);
});

it("finds no list", () => {
  expect(detectList("a")).toBe(false);
});
