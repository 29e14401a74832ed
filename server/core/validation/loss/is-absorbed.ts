import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { cutLost } from "./cut-lost.ts";

/** Shorter lines stand everywhere and prove nothing. */
const minCharacters = 8;
const minLines = 2;
const absorbedShare = 0.6;

/** The lines that the change brings to any file: where what is gone may have gone. */
export function listGainedLines(sides: readonly FileSide[]): ReadonlySet<string> {
  return new Set(
    sides.flatMap((side) => {
      const had = new Set(toLines(cutLost(side)));
      return toLines(side.after ?? "").filter((line) => !had.has(line));
    }),
  );
}

/** True where most lines of a lost declaration are new lines elsewhere in the change: it was merged, split or moved. */
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
