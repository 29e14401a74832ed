/** How near to its end a log still counts as read at its newest lines. */
const nearEndPx = 24;

/** As long a text as is surely one place of a log. */
const probeCharacters = 200;

type Box = { scrollTop: number; scrollHeight: number; clientHeight: number };

/** Whether the newest lines are in sight. */
export function isAtEnd({ scrollTop, scrollHeight, clientHeight }: Box): boolean {
  return scrollHeight - scrollTop - clientHeight < nearEndPx;
}

/**
 * How many lines went at the beginning of a log that keeps its newest ones, so that who reads older ones can be kept
 * where they are. 0 where that cannot be told: a log that begins anew.
 */
export function countDroppedLines({ before, after }: { before: string; after: string }): number {
  if (before === "" || after.startsWith(before.slice(0, probeCharacters))) return 0;
  const at = before.indexOf(after.slice(0, probeCharacters));
  if (at <= 0) return 0;
  return before.slice(0, at).split("\n").length - 1;
}
