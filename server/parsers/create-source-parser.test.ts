import { expect, test } from "vitest";
import { createSourceParser } from "./create-source-parser.ts";

test("a text on which parsing does not finish reads as empty, and the next parse is unaffected", async () => {
  const hurried = await createSourceParser({ parseLimitMs: 100 });
  const hostile = "~<>=!".repeat(200_000);
  expect(hurried.withTree({ language: "python", text: hostile }, (root) => root.namedChildCount)).toBe(0);
  expect(hurried.withTree({ language: "python", text: "a = 1" }, (root) => root.text)).toBe("a = 1");
});
