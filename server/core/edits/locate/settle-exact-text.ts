import { readIndent } from "../indent-map.ts";
import { readAfterStrippedFirst, withIndent } from "./settle-indentation.ts";

/**
 * The result of an exact match. `before` and `after` are the rest of its line on either side. If `before` is only white
 * space, the block may lack the indentation of its first line, or of all lines: null if that makes a difference and
 * nothing decides.
 *
 * @param file the whole lines of the match
 * @returns the new text; `isFromLineStart` if it also replaces what precedes the match
 */
export function settleExactText({
  oldText,
  newText,
  before,
  after,
  file,
}: {
  oldText: string;
  newText: string;
  before: string;
  after: string;
  file: string[];
}): { text: string; isFromLineStart: boolean } | null {
  const isTerminated = oldText.endsWith("\n");
  const isOnItsLine = before !== "" && before.trim() === "" && (isTerminated || after.trim() === "");
  if (!isOnItsLine || newText.trim() === "") return { text: newText, isFromLineStart: false };
  const strip = (text: string) => (isTerminated && text.endsWith("\n") ? text.slice(0, -1) : text);
  const lines = settleLines({ search: strip(oldText).split("\n"), replace: strip(newText).split("\n"), file });
  if (lines === null) return null;
  const isEnded = newText.endsWith("\n") && isTerminated;
  return { text: lines.join("\n") + (isEnded ? "\n" : ""), isFromLineStart: true };
}

function settleLines({
  search,
  replace,
  file,
}: {
  search: string[];
  replace: string[];
  file: string[];
}): string[] | null {
  const isFull = (lines: string[]) => lines.slice(1).some((line) => line.trim() !== "");
  if (isFull(search)) return readAfterStrippedFirst({ search, replace, file, isPartOfText: true });
  const [old = ""] = search;
  const [first = ""] = replace;
  const source = readIndent(old);
  const target = readIndent(file[0] ?? "");
  // The new text may already have the file's indentation.
  if (first.trim() !== "" && readIndent(first) !== source && readIndent(first).startsWith(target)) return null;
  if (!isFull(replace))
    return [first.trim() === "" ? "" : target.slice(0, target.length - source.length) + first, ...replace.slice(1)];
  // An old line among the new ones shows that all of them lack the same indentation.
  const isDedented = replace.slice(1).some((line) => line.trimEnd() === old.trimEnd());
  const isEven = replace.every((line) => line.trim() === "" || readIndent(line) === source);
  return isDedented && isEven ? replace.map((line) => withIndent(line, target)) : null;
}
