import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { cutLost } from "./cut-lost.ts";

/** Shorter lines are everywhere and prove nothing. */
const minCharacters = 8;
const minLines = 2;
const absorbedShare = 0.6;

/** All lines that the change adds to any file, among which lost code may reappear. */
export function listGainedLines(sides: readonly FileSide[]): ReadonlySet<string> {
  return new Set(
    sides.flatMap((side) => {
      const had = new Set(toLines(cutLost(side)));
      return toLines(side.after ?? "").filter((line) => !had.has(line));
    }),
  );
}

/** True if most lines of a lost declaration are new lines elsewhere in the change: it was merged, split or moved. */
export function isAbsorbed({
  declaration: { startLine, endLine },
  side,
  gained,
}: {
  declaration: Declaration;
  side: FileSide;
  gained: ReadonlySet<string>;
}): boolean {
  if (startLine < 0 || endLine <= startLine) return false;
  const body = toLines(
    (side.before ?? "")
      .split("\n")
      .slice(startLine + 1, endLine + 1)
      .join("\n"),
  );
  const found = body.filter((line) => gained.has(line)).length;
  return found >= minLines && found / body.length >= absorbedShare;
}

function toLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= minCharacters);
}
