import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { escapePattern } from "./escape-pattern.ts";

/** Fewer equal lines may be chance. */
const minSharedLines = 2;
const sameShare = 0.6;
/** The required similarity is higher if the new declaration is elsewhere in the file. */
const sameShareElsewhere = 0.85;
const minSharedLinesElsewhere = 4;

/**
 * True if a new declaration has the lines of a lost one, except for names. A body that is similar by chance is
 * recognised by its position, and by remaining uses of the old name.
 */
export function isSameShape({ old, next, side }: { old: Declaration; next: Declaration; side: FileSide }): boolean {
  if (side.before === null || side.after === null || old.startLine < 0 || next.startLine < 0) return false;
  const [before, after] = [side.before.split("\n"), side.after.split("\n")];
  if (old.kind === "symbol" && new RegExp(`(?<![\\w$])${escapePattern(old.name)}(?![\\w$])`).test(side.after))
    return false;
  const oldBody = readBody({ lines: before, declaration: old });
  const nextBody = new Set(readBody({ lines: after, declaration: next }));
  const shared = oldBody.filter((line) => nextBody.has(line)).length;
  const share = shared / Math.max(1, Math.max(oldBody.length, nextBody.size));
  return isSamePlace({ old, next, side })
    ? shared >= minSharedLines && share >= sameShare
    : shared >= minSharedLinesElsewhere && share >= sameShareElsewhere;
}

/** The significant lines of a declaration, without its own name. */
function readBody({ lines, declaration }: { lines: readonly string[]; declaration: Declaration }): string[] {
  return lines
    .slice(declaration.startLine, declaration.endLine + 1)
    .map((line) => line.trim().replaceAll(declaration.name, "§"))
    .filter((line) => /[\p{L}\d§]/u.test(line));
}

/** The nearest lines above and below that both texts share are the same. */
export function isSamePlace({ old, next, side }: { old: Declaration; next: Declaration; side: FileSide }): boolean {
  if (old.startLine < 0 || next.startLine < 0) return false;
  const [before, after] = [(side.before ?? "").split("\n"), (side.after ?? "").split("\n")];
  const [had, has] = [new Set(before), new Set(after)];
  const above = before.slice(0, old.startLine).findLast((line) => isSignificant(line) && has.has(line));
  const aboveNow = after.slice(0, next.startLine).findLast((line) => isSignificant(line) && had.has(line));
  const below = before.slice(old.endLine + 1).find((line) => isSignificant(line) && has.has(line));
  const belowNow = after.slice(next.endLine + 1).find((line) => isSignificant(line) && had.has(line));
  return above === aboveNow && below === belowNow;
}

function isSignificant(line: string): boolean {
  return /[\p{L}\d]/u.test(line);
}
