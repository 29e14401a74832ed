import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { findLineSeparator } from "./line-separator.ts";

test.each(["", "a", "a\nb\n", "a\r\nb\r\n", "a\r\nb\nc", "a\rb\r\n", "a\rb\n", "\r\n", "\n\r", "\uFEFFa\r\n\r\n"])(
  "an editor returns %j unchanged",
  (text) => {
    const state = EditorState.create({ doc: text, extensions: EditorState.lineSeparator.of(findLineSeparator(text)) });
    expect(state.sliceDoc()).toBe(text);
  },
);

test("a new line in a file with carriage returns has one too", () => {
  expect(findLineSeparator("a\r\nb\r\n")).toBe("\r\n");
  expect(findLineSeparator("a\r\nb\n")).toBe("\n");
});
