import fc from "fast-check";
import { expect, test } from "vitest";
import { findFileLink, isWebAddress } from "./find-file-link.ts";
import { parseInline, type Inline } from "./parse-inline.ts";
import { parseMarkdown, type Block } from "./parse-markdown.ts";
import { toPlainText } from "./to-plain-text.ts";

const text = (value: string): Inline => ({ type: "text", text: value });

test.each<[string, Inline[]]>([
  ["plain", [text("plain")]],
  ["**a** b", [{ type: "strong", children: [text("a")] }, text(" b")]],
  [
    "*a* and _b_",
    [{ type: "emphasis", children: [text("a")] }, text(" and "), { type: "emphasis", children: [text("b")] }],
  ],
  [
    "snake_case_name and __init__.py",
    [text("snake_case_name and "), { type: "strong", children: [text("init")] }, text(".py")],
  ],
  ["2 * 3 * 4", [text("2 * 3 * 4")]],
  ["`a_b*c`", [{ type: "code", text: "a_b*c" }]],
  ["``a`b``", [{ type: "code", text: "a`b" }]],
  ["[a](app/a.py#L3)", [{ type: "link", target: "app/a.py#L3", children: [text("a")] }]],
  ["[`a`](a.py)", [{ type: "link", target: "a.py", children: [{ type: "code", text: "a" }] }]],
  ["![logo](https://x.y/z.png)", [{ type: "link", target: "https://x.y/z.png", children: [text("logo")] }]],
  [
    "see https://x.y/a.",
    [text("see "), { type: "link", target: "https://x.y/a", children: [text("https://x.y/a")] }, text(".")],
  ],
  ["<script>alert(1)</script>", [text("<script>alert(1)</script>")]],
  ["\\*not\\*", [text("*not*")]],
  ["**open", [text("**open")]],
])("%s", (source, expected) => {
  expect(parseInline(source)).toEqual(expected);
});

test("parses the blocks of an answer", () => {
  const source = [
    "# Title",
    "",
    "First",
    "second.",
    "",
    "1. one",
    "   more",
    "2. two",
    "   - inner",
    "",
    "> said",
    "",
    "| a | b |",
    "| - | - |",
    "| 1 | `x` |",
    "",
    "---",
    "```ts",
    "const a = 1;",
    "",
    "# no title",
    "```",
  ].join("\n");
  expect(parseMarkdown(source).map(({ type }) => type)).toEqual([
    "heading",
    "paragraph",
    "list",
    "quote",
    "table",
    "rule",
    "code",
  ]);
  const [, , list, , table, , code] = parseMarkdown(source);
  expect(list).toMatchObject({ isOrdered: true, start: 1, items: [[{}], [{}, { type: "list", isOrdered: false }]] });
  expect(table).toMatchObject({
    head: [[text("a")], [text("b")]],
    rows: [[[text("1")], [{ type: "code", text: "x" }]]],
  });
  expect(code).toEqual({ type: "code", language: "ts", text: "const a = 1;\n\n# no title" });
});

test("plain text has the words of an answer without its markup", () => {
  expect(
    toPlainText("## Tasks\n\nA **task** is `x`, see [a](b.py#L2).\n\n- one\n- two\n\n---\n| a | b |\n|-|-|\n| 1 | 2 |"),
  ).toBe("Tasks A task is x, see a. one two a b 1 2");
});

test("parses as much of a streaming answer as has arrived", () => {
  expect(parseMarkdown("```py\nx = 1")).toEqual([{ type: "code", language: "py", text: "x = 1" }]);
  expect(parseMarkdown("")).toEqual([]);
});

test("keeps every word of any text, in linear time", () => {
  const piece = fc.constantFrom(
    "Q",
    "*",
    "**",
    "_",
    "`",
    "```",
    "[",
    "](",
    ")",
    "<",
    ">",
    "|",
    "-",
    "\n",
    "\n\n",
    "  ",
    "1. ",
    "# ",
    "~~",
    "!",
    "\\",
    "https://x.y/",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      const source = pieces.join("");
      const letters = (value: string) => value.replace(/[^Q]/g, "").length;
      expect(letters(read(parseMarkdown(source)))).toBeLessThanOrEqual(letters(source));
      expect(letters(read(parseMarkdown(source)))).toBeGreaterThanOrEqual(
        letters(source.replaceAll(/\]\(\S*/g, "").replaceAll(/(```|~~~)[^\n]*/g, "")),
      );
    }),
  );
  for (const hostile of [
    "*a ".repeat(20_000),
    "[".repeat(50_000),
    "`".repeat(50_001),
    "> ".repeat(20_000),
    "_a".repeat(20_000),
    "**a".repeat(9_000),
  ]) {
    const startedAt = performance.now();
    parseMarkdown(hostile);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
});

function read(blocks: readonly Block[]): string {
  return JSON.stringify(blocks, (key, value: unknown) =>
    ["type", "target", "language", "isOrdered"].includes(key) ? undefined : value,
  );
}

test.each([
  ["app/a.py", { path: "app/a.py", line: undefined }],
  ["./app/a.py", { path: "app/a.py", line: undefined }],
  ["/app/a.py#L12", { path: "app/a.py", line: 12 }],
  ["app/a.py#L12-L20", { path: "app/a.py", line: 12 }],
  ["app/a.py:7", { path: "app/a.py", line: 7 }],
  ["app/a.py:7-9", { path: "app/a.py", line: 7 }],
  ["app/%5Bid%5D/p.tsx", { path: "app/[id]/p.tsx", line: undefined }],
  ["odd:3", { path: "odd:3", line: undefined }],
  ["app/b.py", null],
  ["https://x.y/app/a.py", null],
  ["javascript:alert(1)", null],
])("finds the file that %s refers to", (target, expected) => {
  expect(findFileLink({ target, paths: new Set(["app/a.py", "app/[id]/p.tsx", "odd:3"]) })).toEqual(expected);
});

test("accepts only http and https addresses", () => {
  expect(
    ["https://a.b", "http://a.b", "javascript:alert(1)", "data:text/html,x", "//a.b", "file:///etc", "a"].map(
      isWebAddress,
    ),
  ).toEqual([true, true, false, false, false, false, false]);
});
