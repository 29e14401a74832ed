import type { CommentFate } from "#lib/contracts/comparisons/review-comment.ts";
import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

/**
 * What became of a comment on lines `firstLine` to `lastLine` (1-based, inclusive) that stood in `base` and were seen
 * beside `head`: touched where one that was deleted there is back, or one that was still there went too. `head` and
 * `after` are null where they have no such file.
 */
export function decideDeletionFate({
  base,
  head,
  after,
  firstLine,
  lastLine,
}: {
  base: string;
  head: string | null;
  after: string | null;
  firstLine: number;
  lastLine: number;
}): CommentFate {
  if (after === null) return head === null ? "untouched" : "file-gone";
  const before = splitLines(base);
  const findRemoved = (text: string) =>
    compareLines({ before, after: splitLines(text) }).removed.slice(firstLine - 1, lastLine);
  const removedThen = findRemoved(head ?? "");
  const removedNow = findRemoved(after);
  return removedThen.some((wasRemoved, index) => wasRemoved !== removedNow[index]) ? "touched" : "untouched";
}
