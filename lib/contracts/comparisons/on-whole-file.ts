/**
 * Whether a comment is on a file as a whole, not on lines of it. Apart from the contract that has it, which brings zod:
 * browsers ask too.
 */
export function isOnWholeFile({ firstLine }: { firstLine: number }): boolean {
  return firstLine === 0;
}
