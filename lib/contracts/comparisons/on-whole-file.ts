/**
 * Whether a comment is on a whole file instead of lines. Separate from the contract, so that browsers do not load zod
 * for it.
 */
export function isOnWholeFile({ firstLine }: { firstLine: number }): boolean {
  return firstLine === 0;
}
