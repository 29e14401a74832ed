/**
 * Parses a limit in US dollars: "0.50", "$5", "2,5". Null for none, undefined if it is not an amount above 0 (and at
 * most 100,000).
 */
export function readLimit(text: string): number | null | undefined {
  const typed = text
    .trim()
    .replace(/^\$\s*/, "")
    .replace(/^(\d+),(\d{1,2})$/, "$1.$2");
  if (typed === "") return null;
  if (!/^\d*\.?\d+$|^\d+\.$/.test(typed)) return undefined;
  const amount = Number(typed);
  return amount > 0 && amount <= 100_000 ? amount : undefined;
}
