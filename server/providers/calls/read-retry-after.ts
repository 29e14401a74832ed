/**
 * The wait that a response requests, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 *
 * @param headers with lower-case names
 */
export function readRetryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const exactMs = readNumber(headers["retry-after-ms"]);
  if (exactMs !== undefined) return exactMs;
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1_000;
  // `Date.parse` accepts many plain numbers as dates.
  const dateMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - Date.now());
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
