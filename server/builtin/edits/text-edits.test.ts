import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTextEdits, toUnixText, type TextEdit } from "./text-edits.ts";

/** Few distinct lines, so that blocks repeat and must be extended. */
const line = fc.constantFrom("", "    pass", "a", "b", "}", "x = 1", "héllo");
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.boolean())
  .map(([lines, endsWithNewline]) => lines.join("\n") + (endsWithNewline && lines.length > 0 ? "\n" : ""));
const lineEnding = fc.constantFrom("\n", "\r\n");

/** The text after each edit replaced its block; null if a block does not occur exactly once when it is replaced. */
function applyEdits({ text: before, edits }: { text: string; edits: readonly TextEdit[] }): string | null {
  return edits.reduce<string | null>((current, { oldText, newText }) => {
    const at = current?.indexOf(oldText) ?? -1;
    if (current === null || oldText === "" || at === -1 || current.lastIndexOf(oldText) !== at) return null;
    return current.slice(0, at) + newText + current.slice(at + oldText.length);
  }, before);
}

describe("buildTextEdits", () => {
  it("gives blocks that each occur once, and that produce the new text", () => {
    fc.assert(
      fc.property(text, text, lineEnding, fc.boolean(), (before, after, ending, hasMark) => {
        fc.pre(before !== "");
        const oldText = (hasMark ? "\uFEFF" : "") + before.replaceAll("\n", ending);
        const edits = buildTextEdits({ oldText, newText: after });
        for (const edit of edits) expect(oldText.split(edit.oldText).length - 1).toBe(1);
        const applied = applyEdits({ text: oldText, edits });
        expect(applied === null ? null : toUnixText(applied)).toBe(after);
        expect(applied?.startsWith("\uFEFF")).toBe(hasMark);
      }),
      { numRuns: 1_000 },
    );
  });

  it("writes new lines with the file's own line ending", () => {
    const edits = buildTextEdits({ oldText: "a\r\nb\r\nc\r\n", newText: "a\nb\nnew\nc\n" });
    expect(edits).toEqual([{ oldText: "b", newText: "b\r\nnew" }]);
  });

  it("extends a block that is not unique", () => {
    const edits = buildTextEdits({
      oldText: "def a():\n    pass\n\ndef b():\n    pass\n",
      newText: "def a():\n    pass\n\ndef b():\n    return 1\n",
    });
    expect(edits).toEqual([{ oldText: "def b():\n    pass", newText: "def b():\n    return 1" }]);
  });

  it("gives no edits for the same text", () => {
    expect(buildTextEdits({ oldText: "a\r\n", newText: "a\n" })).toEqual([]);
  });
});
