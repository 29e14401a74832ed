/** A text as a pattern that matches it alone, with and without the flag `u`. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
