/** A log scrolled this close to its end counts as scrolled to the end. */
const nearEndPx = 24;

/** Long enough to occur only once in a log. */
const probeCharacters = 200;

type Box = { scrollTop: number; scrollHeight: number; clientHeight: number };

/** Whether the newest lines are visible. */
export function isAtEnd({ scrollTop, scrollHeight, clientHeight }: Box): boolean {
  return scrollHeight - scrollTop - clientHeight < nearEndPx;
}

/**
 * The number of lines dropped from the start of a log that keeps only its newest lines. The caller scrolls by it, so
 * that the older lines in view do not move. 0 if unknown, for example because a new log began.
 */
export function countDroppedLines({ before, after }: { before: string; after: string }): number {
  if (before === "" || after.startsWith(before.slice(0, probeCharacters))) return 0;
  const at = before.indexOf(after.slice(0, probeCharacters));
  if (at <= 0) return 0;
  return before.slice(0, at).split("\n").length - 1;
}
