/** Short enough to be read out, and told apart from all others of a log's life. */
export function makeRequestId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 12);
}
