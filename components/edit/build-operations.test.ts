import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { buildOperations } from "./build-operations.ts";

const original = { path: "a.txt" as FilePath, text: "a\n" };

test.each([
  ["nothing changed", original, "a.txt", "a\n", []],
  ["new text", original, "a.txt", "b\n", [{ type: "write", path: "a.txt", content: "b\n" }]],
  ["another path", original, "b.txt", "a\n", [{ type: "move", source: "a.txt", destination: "b.txt" }]],
  [
    "both",
    original,
    "b.txt",
    "b\n",
    [
      { type: "move", source: "a.txt", destination: "b.txt" },
      { type: "write", path: "b.txt", content: "b\n" },
    ],
  ],
  ["a new file, which may be empty", null, "c.txt", "", [{ type: "write", path: "c.txt", content: "" }]],
  [
    "a binary file that moves",
    { ...original, text: null },
    "b.txt",
    null,
    [{ type: "move", source: "a.txt", destination: "b.txt" }],
  ],
])("%s", (_, from, path, text, operations) => {
  expect(buildOperations({ original: from, path, text })).toEqual(operations);
});
