import type { CommentFate } from "#lib/contracts/comparisons/review-comment.ts";
import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

/**
 * What happened to a comment on lines `firstLine` to `lastLine` (1-based, inclusive) of `base`, made in a comparison
 * with `head`. Touched if a line that was deleted there is back, or one that remained was removed too. `head` and
 * `after` are null if they do not have the file.
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
