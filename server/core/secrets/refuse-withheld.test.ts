import { expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { refuseWithheld } from "./refuse-withheld.ts";
import { withheldMark } from "./secret-mask.ts";

const withheld = new Set([".env"]);
const judge = (operation: ChangeOperation) =>
  refuseWithheld({
    operation,
    path: operation.type === "move" ? operation.source : operation.path,
    operationIndex: 0,
    withheld,
  })?.code ?? "allowed";
const edit = (oldText: string, newText: string): ChangeOperation => ({
  type: "edit",
  path: ".env",
  edits: [{ oldText, newText }],
});

test.each<[string, ChangeOperation, string]>([
  ["an edit of another line", edit("REGION=a", "REGION=b"), "allowed"],
  ["an edit that replaces the mark", edit(`KEY=${withheldMark}`, "KEY=x"), "WITHHELD"],
  ["an edit that writes the mark", edit("REGION=a", `REGION=a\nKEY=${withheldMark}`), "WITHHELD"],
  ["a whole write of the file", { type: "write", path: ".env", content: "REGION=b\n" }, "WITHHELD"],
  ["a whole write of another file", { type: "write", path: "a.py", content: "a = 1\n" }, "allowed"],
  ["the mark in another file", { type: "write", path: "a.py", content: withheldMark }, "WITHHELD"],
  ["a deletion", { type: "delete", path: ".env" }, "allowed"],
  ["a move", { type: "move", source: ".env", destination: ".env.local" }, "allowed"],
])("%s is %s", (_, operation, expected) => {
  expect(judge(operation)).toBe(expected);
});
