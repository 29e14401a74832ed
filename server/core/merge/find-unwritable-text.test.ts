import { expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { findUnwritableText } from "./find-unwritable-text.ts";

const write = (content: string): ChangeOperation => ({ type: "write", path: "a.ts", content });
const edit = (newText: string): ChangeOperation => ({ type: "edit", path: "a.ts", edits: [{ oldText: "x", newText }] });

test.each(["\0", "a\0b", "/[\0-\u001f]/", "\ud800", "a\udc00b"])("%j cannot be in a text file", (text) => {
  expect(findUnwritableText(write(text))).not.toBeNull();
  expect(findUnwritableText(edit(text))).not.toBeNull();
});

test.each(["", "\\0", "\\u0000", "\u0001\t\u007f", "\u{1f600}", "\ufffd"])("%j may be", (text) => {
  expect(findUnwritableText(write(text))).toBeNull();
  expect(findUnwritableText(edit(text))).toBeNull();
});

test("content given as bytes may contain anything", () => {
  expect(findUnwritableText({ ...write("AAAA"), type: "write", encoding: "base64" } as ChangeOperation)).toBeNull();
});
