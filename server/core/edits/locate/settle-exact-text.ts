import { readIndent } from "../indent-map.ts";
import { readAfterStrippedFirst, withIndent } from "./settle-indentation.ts";

/**
 * What an exact hit becomes, in front of which its line has `before`, and after which it has `after`. Where only white
 * space is in front, the block may lack the indentation of its first line, or of all its lines: null where that makes a
 * difference and nothing decides.
 *
 * @param file the lines of the hit, whole
 * @returns the new text; `isFromLineStart` where it replaces what is in front of the hit too
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
  // The new text may have the file's indentation already.
  if (first.trim() !== "" && readIndent(first) !== source && readIndent(first).startsWith(target)) return null;
  if (!isFull(replace))
    return [first.trim() === "" ? "" : target.slice(0, target.length - source.length) + first, ...replace.slice(1)];
  // The old line among the new ones shows that they all lack the same indentation.
  const isDedented = replace.slice(1).some((line) => line.trimEnd() === old.trimEnd());
  const isEven = replace.every((line) => line.trim() === "" || readIndent(line) === source);
  return isDedented && isEven ? replace.map((line) => withIndent(line, target)) : null;
}
