import {
  getSharedHighlighter,
  parsePatchFiles,
  renderDiffWithHighlighter,
  renderFileWithHighlighter,
  type DiffsHighlighter,
  type RenderDiffOptions,
} from "@pierre/diffs";
import { beforeAll, expect, test } from "vitest";
import { codeTheme } from "#lib/code-theme.ts";
import { colourText } from "#server/colours/colour-text.ts";
import { pickPatchColours } from "#server/core/colours/pick-patch-colours.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { encodeText } from "#server/core/file-content.ts";
import { renderPaintedDiff } from "./painted-diff.ts";
import { createPaintedHighlighter, paintPatch, paintText, paintTexts } from "./painted-highlighter.ts";
import { parseHunks } from "../hunks/parse-hunks.ts";

const path = "src/a.ts";
const before = [
  'import { a } from "a";',
  "",
  "/* A comment",
  "   that goes on",
  "   for some lines. */",
  "export function one(value: number) {",
  "  return value + 1;",
  "}",
  "",
  "const text = `line one",
  "line two ${one(2)}",
  "line three`;",
  "",
].join("\n");
const after = before
  .replace("   that goes on", "   that goes on and on")
  .replace("value + 1", "value + 2")
  .replace("line two", "line 2");
const options: RenderDiffOptions = {
  theme: codeTheme,
  useTokenTransformer: false,
  tokenizeMaxLineLength: 1_000,
  lineDiffType: "word-alt",
  maxLineDiffLength: 1_000,
};

let highlighter: DiffsHighlighter;
beforeAll(async () => {
  highlighter = await getSharedHighlighter({
    themes: Object.values(codeTheme),
    langs: ["typescript"],
    preferredHighlighter: "highlights",
  });
});

type Node = { type: string; value?: string; properties?: Record<string, unknown>; children?: Node[] };

/** The style of each visible letter, and whether it has a word mark. White space has no visible style. */
function listStyles(line: unknown): string[] {
  const visit = (node: Node, style: string): string[] => {
    if (node.type === "text")
      return [...(node.value ?? "")].filter((letter) => letter.trim() !== "").map((letter) => `${letter} ${style}`);
    const own = `${style}${node.properties?.["data-diff-span"] === undefined ? "" : "marked "}${typeof node.properties?.["style"] === "string" ? node.properties["style"] : ""}`;
    return (node.children ?? []).flatMap((child) => visit(child, own));
  };
  return visit(line as Node, "");
}

async function paint({ contextLines }: { contextLines: number }) {
  const { patch } = buildFilePatch({ path, before: encodeText(before), after: encodeText(after), contextLines });
  const colours = pickPatchColours({
    patch,
    before: await colourText({ path, text: before }),
    after: await colourText({ path, text: after }),
  });
  const [file] = parsePatchFiles(patch)[0]?.files ?? [];
  if (file === undefined) throw new Error("The patch has no file.");
  const { styles, chunksOf } = paintPatch({ hunks: parseHunks(patch), colours });
  const asked: number[] = [];
  const paint = { styles, chunksOf: (part: number) => chunksOf(asked[asked.push(part) - 1] ?? 0) };
  return { file, asked, painted: renderPaintedDiff({ diff: file, highlighter, paint, options }) };
}

test("a patch that contains the whole file looks as the library renders it, including word marks", async () => {
  const { file, painted } = await paint({ contextLines: 100 });
  const own = renderDiffWithHighlighter(file, highlighter, options);
  for (const side of ["deletionLines", "additionLines"] as const)
    expect(painted.code[side].map(listStyles)).toEqual(own.code[side].map(listStyles));
  expect(painted.themeStyles).toBe(own.themeStyles);
  expect(painted.code.additionLines.flatMap(listStyles).some((look) => look.includes("marked"))).toBe(true);
});

test("a hunk that begins within a comment or a string has its colours", async () => {
  const whole = await paint({ contextLines: 100 });
  const { file, painted } = await paint({ contextLines: 0 });
  expect(file.hunks.length).toBe(3);
  const wanted = [3, 6, 10].map((line) => listStyles(whole.painted.code.additionLines[line]));
  expect(painted.code.additionLines.map(listStyles)).toEqual(wanted);
  // Without the rest of the file, the library reads the comment's words as code.
  expect(listStyles(renderDiffWithHighlighter(file, highlighter, options).code.additionLines[0])).not.toEqual(
    wanted[0],
  );
});

test("a hunk is created once, when the first of its lines is read", async () => {
  const { asked, painted } = await paint({ contextLines: 0 });
  expect(asked).toEqual([]);
  expect(listStyles(painted.code.additionLines[1]).join("")).toContain("2");
  expect(listStyles(painted.code.deletionLines[1]).join("")).toContain("1");
  expect(asked).toEqual([1]);
});

test("a side without lines in a hunk is skipped", async () => {
  const lines = Array.from({ length: 40 }, (_, line) => `const a${line} = ${line};`);
  const text = {
    before: `${lines.join("\n")}\n`,
    after: `${lines.flatMap((line, index) => (index === 2 || index === 30 ? [] : index === 15 ? [line, "added();"] : [line])).join("\n")}\n`,
  };
  const { patch } = buildFilePatch({
    path,
    before: encodeText(text.before),
    after: encodeText(text.after),
    contextLines: 0,
  });
  const [file] = parsePatchFiles(patch)[0]?.files ?? [];
  if (file === undefined) throw new Error("The patch has no file.");
  const colours = pickPatchColours({
    patch,
    before: await colourText({ path, text: text.before }),
    after: await colourText({ path, text: text.after }),
  });
  const { code } = renderPaintedDiff({
    diff: file,
    highlighter,
    paint: paintPatch({ hunks: parseHunks(patch), colours }),
    options,
  });
  const textOf = (line: unknown) =>
    listStyles(line)
      .map((look) => look.charAt(0))
      .join("");
  expect([code.deletionLines.length, code.additionLines.length]).toEqual([2, 1]);
  expect([textOf(code.deletionLines[1]), textOf(code.deletionLines[0]), textOf(code.additionLines[0])]).toEqual([
    "consta30=30;",
    "consta2=2;",
    "added();",
  ]);
});

test("two whole texts, and a text that is not compared, have the same colours as a patch", async () => {
  const colours = { before: await colourText({ path, text: before }), after: await colourText({ path, text: after }) };
  const whole = await paint({ contextLines: 100 });
  const { deletionLines, additionLines } = renderPaintedDiff({
    diff: { ...whole.file, isPartial: false },
    highlighter,
    paint: paintTexts(colours),
    options,
  }).code;
  expect([deletionLines.map(listStyles), additionLines.map(listStyles)]).toEqual([
    whole.painted.code.deletionLines.map(listStyles),
    whole.painted.code.additionLines.map(listStyles),
  ]);
  const text = { name: path, contents: after };
  const painted = renderFileWithHighlighter(
    text,
    createPaintedHighlighter({
      highlighter,
      styles: colours.after.styles,
      chunks: paintText(colours.after).chunksOf(0),
    }),
    options,
  );
  expect(painted.code.map(listStyles)).toEqual(
    renderFileWithHighlighter(text, highlighter, options).code.map(listStyles),
  );
});
