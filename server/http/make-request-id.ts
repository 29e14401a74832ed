/** Short enough to be read aloud, and unique among the lines of a log. */
export function makeRequestId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 12);
}
