import type { CommentFate } from "#lib/contracts/comparisons/review-comment.ts";
import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

/**
 * What happened to lines `firstLine` to `lastLine` (1-based, inclusive) of a text: touched if one of them was removed
 * or a line was inserted between them. `after` is null if the file was deleted. Ignores what the model says.
 */
export function decideCommentFate({
  before,
  after,
  firstLine,
  lastLine,
}: {
  before: string;
  after: string | null;
  firstLine: number;
  lastLine: number;
}): CommentFate {
  if (after === null) return "file-gone";
  const oldLines = splitLines(before);
  const { removed, added } = compareLines({ before: oldLines, after: splitLines(after) });
  let newIndex = 0;
  for (let oldIndex = 0; oldIndex < oldLines.length; oldIndex += 1) {
    const isCommented = oldIndex + 1 >= firstLine && oldIndex + 1 <= lastLine;
    let insertedBefore = 0;
    while (added[newIndex] === 1) {
      insertedBefore += 1;
      newIndex += 1;
    }
    if (isCommented && (removed[oldIndex] === 1 || (insertedBefore > 0 && oldIndex + 1 > firstLine))) return "touched";
    if (removed[oldIndex] !== 1) newIndex += 1;
  }
  return "untouched";
}
