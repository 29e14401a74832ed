import type { CSSProperties } from "react";
import { faintComment } from "#lib/code-theme.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { LinePart } from "./split-ranges.ts";

type PaintedPart = LinePart & { style?: CSSProperties };

/**
 * Splits the parts of a line where its colours change. Matches have their own colours, so they stay whole. `textStart`
 * is the offset in the line at which the text of the parts begins.
 */
export function paintParts({
  parts,
  colours,
  line,
  textStart,
}: {
  parts: readonly LinePart[];
  colours: LineColours;
  /** 1-based. */
  line: number;
  textStart: number;
}): PaintedPart[] {
  const runs = listRuns(colours.lines[line - 1] ?? []);
  return parts.flatMap((part): PaintedPart[] => {
    if (part.isMatch || runs.length === 0) return [part];
    const from = part.start + textStart;
    const to = from + part.content.length;
    const pieces = runs
      .map(({ start, end, style }) => ({ start: Math.max(start, from), end: Math.min(end, to), style }))
      .filter(({ start, end }) => start < end)
      .map(({ start, end, style }): PaintedPart => ({
        start: start - textStart,
        content: part.content.slice(start - from, end - from),
        isMatch: false,
        style: toStyle(colours.styles[style] ?? ""),
      }));
    const end = runs.at(-1)?.end ?? 0;
    // Of a line that is too long, only the beginning has colours.
    if (end < to) {
      const rest = Math.max(end, from);
      pieces.push({ start: rest - textStart, content: part.content.slice(rest - from), isMatch: false });
    }
    return pieces;
  });
}

function listRuns(pairs: readonly number[]): { start: number; end: number; style: number }[] {
  const runs: { start: number; end: number; style: number }[] = [];
  let at = 0;
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [length = 0, style = 0] = pairs.slice(index, index + 2);
    runs.push({ start: at, end: at + length, style });
    at += length;
  }
  return runs;
}

/** `--diffs-token-light:#1;font-style:italic` as React needs it. */
function toStyle(declarations: string): CSSProperties {
  return Object.fromEntries(
    declarations
      .replaceAll(faintComment.colour, faintComment.instead)
      .split(";")
      .flatMap((declaration): [string, string][] => {
        const [name, value] = declaration.split(":").map((each) => each.trim());
        if (name === undefined || value === undefined) return [];
        return [
          [
            name.startsWith("--") ? name : name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
            value,
          ],
        ];
      }),
  );
}
