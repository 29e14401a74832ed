import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import { applyEdits } from "./apply-edits.ts";

/** Unique lines, so that a block has one position, in a file of nested functions. */
const source = fc
  .array(
    fc.record({
      depth: fc.integer({ min: 0, max: 3 }),
      verb: fc.constantFrom("call", "let", "if", "return"),
      hasBlank: fc.boolean(),
    }),
    { minLength: 2, maxLength: 14 },
  )
  .chain((items) =>
    fc.record({
      unit: fc.constantFrom("  ", "    ", "\t"),
      isTerminated: fc.boolean(),
      items: fc.constant(items),
    }),
  )
  .map(({ unit, isTerminated, items }) => ({
    unit,
    isTerminated,
    lines: items.flatMap(({ depth, verb, hasBlank }, index) => [
      `${unit.repeat(depth)}${verb} item_${index}()`,
      ...(hasBlank ? [""] : []),
    ]),
  }));

type Source = { unit: string; isTerminated: boolean; lines: string[] };

const toText = ({ isTerminated }: Source, lines: string[]) =>
  lines.join("\n") + (isTerminated && lines.length > 0 ? "\n" : "");

/** A change of some lines: context before, removed lines, added lines, context after. */
const change = fc.record({
  place: fc.nat(),
  above: fc.integer({ min: 0, max: 2 }),
  removed: fc.integer({ min: 0, max: 3 }),
  below: fc.integer({ min: 0, max: 2 }),
  added: fc.array(fc.record({ depth: fc.integer({ min: 0, max: 4 }), isBlank: fc.boolean() }), { maxLength: 4 }),
  isTool: fc.boolean(),
});

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function build({ file, given }: { file: Source; given: Change }) {
  const { lines, unit } = file;
  const first = given.place % lines.length;
  const start = Math.max(0, first - given.above);
  const removedEnd = Math.min(lines.length, first + given.removed);
  const end = Math.min(lines.length, removedEnd + given.below);
  const added = given.added.map(({ depth, isBlank }, index) =>
    isBlank ? "" : `${unit.repeat(depth)}new item_n${index}()`,
  );
  const oldLines = lines.slice(start, end);
  const newLines = [...lines.slice(start, first), ...added, ...lines.slice(removedEnd, end)];
  const expected = toText(file, [...lines.slice(0, start), ...newLines, ...lines.slice(end)]);
  return { oldLines, newLines, expected, text: toText(file, lines) };
}

function toEdit({ oldLines, newLines, isTool }: { oldLines: string[]; newLines: string[]; isTool: boolean }): TextEdit {
  const terminate = (lines: string[]) => lines.map((line) => `${line}\n`).join("");
  return isTool
    ? { oldText: oldLines.join("\n"), newText: newLines.join("\n") }
    : { oldText: terminate(oldLines), newText: terminate(newLines), isWholeLines: true };
}

/** An unambiguous block: it occurs once. A tool's block has no blank edges, which would be read as line endings. */
function isClear({ text, oldLines, newLines, isTool }: ReturnType<typeof build> & { isTool: boolean }): boolean {
  const block = oldLines.join("\n");
  const isEdged = [oldLines, newLines].some((lines) => lines.length > 0 && (lines[0] === "" || lines.at(-1) === ""));
  // A block does not say what happens to a last line without an ending.
  const isLastGone = newLines.length === 0 && text.endsWith(block);
  return block.trim() !== "" && text.indexOf(block) === text.lastIndexOf(block) && !(isTool && isEdged) && !isLastGone;
}

const runs = { numRuns: 4_000 };

describe("an edit that is sent again", () => {
  test("is recognised as applied, or leaves the text unchanged", () => {
    let recognised = 0;
    fc.assert(
      fc.property(source, change, (file, given) => {
        const { oldLines, newLines, text, expected } = build({ file, given });
        fc.pre(isClear({ text, oldLines, newLines, expected, isTool: given.isTool }) && newLines.length > 0);
        const edit = toEdit({ oldLines, newLines, isTool: given.isTool });
        const once = applyEdits({ text, edits: [edit] });
        if (once.status === "failed") return;
        const twice = applyEdits({ text: once.text, edits: [edit] });
        if (twice.status === "failed") recognised += 1;
        expect(twice.status === "applied" ? twice.text : once.text).toBe(once.text);
      }),
      runs,
    );
    expect(recognised).toBeGreaterThan(runs.numRuns / 4);
  });
});

describe("blocks without effect", () => {
  test("do not affect the result of the others", () => {
    fc.assert(
      fc.property(
        source,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 }),
        (file, changes, nothings) => {
          const text = toText(file, file.lines);
          const asked = changes.flatMap((given) => {
            const { oldLines, newLines } = build({ file, given });
            return oldLines.length === 0 || oldLines.join("\n") === newLines.join("\n")
              ? []
              : [toEdit({ oldLines, newLines, isTool: given.isTool })];
          });
          fc.pre(asked.length > 0);
          const alone = applyEdits({ text, edits: asked });
          const edits = [...asked];
          for (const [line, at, isThere] of nothings) {
            const item = file.lines[line % file.lines.length] ?? "";
            const nothing: TextEdit =
              isThere && item !== ""
                ? { oldText: `absent_${line}\n`, newText: `${item}\n`, isWholeLines: true }
                : { oldText: item, newText: item };
            edits.splice(at % (edits.length + 1), 0, nothing);
          }
          const together = applyEdits({ text, edits });
          if (alone.status === "applied") expect(together).toMatchObject({ status: "applied", text: alone.text });
          else expect(together.status).toBe("failed");
          if (together.status === "applied" && alone.status === "applied")
            expect(together.skipped.length).toBe(nothings.length + alone.skipped.length);
        },
      ),
      runs,
    );
  });
});

describe("indentation", () => {
  const commonIndent = (lines: string[]) => {
    const indents = lines.filter((line) => line !== "").map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
    let [common = ""] = indents;
    for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
    return common;
  };
  type Drift = (lines: string[], file: Source) => string[];
  const same: Drift = (lines) => lines;
  const dedent: Drift = (lines) => lines.map((line) => line.slice(line === "" ? 0 : commonIndent(lines).length));
  const indent: Drift = (lines, { unit }) => lines.map((line) => (line === "" ? "" : `${unit}${line}`));
  const stripFirst: Drift = (lines) => lines.map((line, index) => (index === 0 ? line.trimStart() : line));
  const half =
    (isFirst: boolean): Drift =>
    (lines) =>
      lines.map((line, index) =>
        line !== "" && index < lines.length / 2 === isFirst ? line.slice(commonIndent(lines).length) : line,
      );
  const [firstHalf, secondHalf] = [half(true), half(false)];
  const swap: Drift = (lines, { unit }) =>
    lines.map((line) => line.replace(/^[ \t]+/, (white) => white.replaceAll(unit, unit === "\t" ? "    " : "\t")));

  test.each<[string, Drift, Drift]>([
    ["dedented", dedent, dedent],
    ["indented", indent, indent],
    ["old text dedented", dedent, same],
    ["old text indented", indent, same],
    ["first line stripped", stripFirst, stripFirst],
    ["first line of the old text stripped", stripFirst, same],
    ["first half dedented", firstHalf, firstHalf],
    ["second half dedented", secondHalf, secondHalf],
    ["tabs and spaces swapped", swap, swap],
  ])("%s: the right text, or refused", (name, driftOld, driftNew) => {
    const counts = { right: 0, refused: 0 };
    fc.assert(
      fc.property(source, change, (file, given) => {
        const { oldLines, newLines, expected, text } = build({ file, given });
        fc.pre(isClear({ text, oldLines, newLines, expected, isTool: given.isTool }));
        // Both sides lose the same indentation, and new text with the file's indentation is not left of what it
        // replaces.
        const isBoth = driftOld === driftNew;
        const [oldCommon, newCommon] = [commonIndent(oldLines), commonIndent(newLines)];
        fc.pre(isBoth || driftOld === indent ? oldCommon === newCommon : newCommon.startsWith(oldCommon));
        // A first line without indentation is as deep as the line that it replaces.
        const depth = (line: string | undefined) => /^[ \t]*/.exec(line ?? "")?.[0];
        fc.pre(driftOld !== stripFirst || newLines.length === 0 || depth(oldLines[0]) === depth(newLines[0]));
        // Halves that lose the same indentation are only distinguishable from others if the new lines are no deeper.
        const isHalf = driftOld === firstHalf || driftOld === secondHalf;
        fc.pre(!isHalf || newLines.every((line) => line === "" || depth(line) === depth(oldLines[0])));
        const drifted = { oldLines: driftOld(oldLines, file), newLines: driftNew(newLines, file) };
        fc.pre(drifted.oldLines.join("\n") !== oldLines.join("\n"));
        // A blank half does not count: the other half is then the whole block.
        fc.pre(!isHalf || oldLines.some((line, index) => line !== "" && line === drifted.oldLines[index]));
        const result = applyEdits({ text, edits: [toEdit({ ...drifted, isTool: given.isTool })] });
        if (result.status === "failed") counts.refused += 1;
        else {
          counts.right += 1;
          expect(result.text).toBe(expected);
        }
      }),
      runs,
    );
    console.log(`${name}: ${counts.right} right, ${counts.refused} refused`);
    expect(counts.right + counts.refused).toBeGreaterThan(0);
  });
});
