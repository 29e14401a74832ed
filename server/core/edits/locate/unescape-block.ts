type Block = { oldText: string; newText: string };

const escapeSequence = /\\(n|t|"|')/g;

/**
 * A block that was escaped once too often. Null where that is not certain: where the two sides are not escaped alike,
 * or where an escape of the new text may be a part of the code. A `\n` between quotes is two characters of a string, or
 * a line break that no string holds.
 */
export function unescapeBlock({ oldText, newText }: Block): Block | null {
  const known: Set<string> = new Set(oldText.match(escapeSequence));
  if (known.size === 0 || `${oldText}${newText}`.includes("\\\\")) return null;
  if (newText.match(escapeSequence)?.some((escape) => !known.has(escape)) === true) return null;
  for (const escape of known) {
    const plain = unescape(escape);
    const hasPlain = (text: string) => text.replace(escapeSequence, "").includes(plain);
    if (hasPlain(newText) || (plain !== "\t" && hasPlain(oldText.replace(/\n$/, "")))) return null;
  }
  return hasQuotedBreak({ oldText, newText }) ? null : { oldText: unescape(oldText), newText: unescape(newText) };
}

function unescape(text: string): string {
  return text.replace(escapeSequence, (_, character: string) =>
    character === "n" ? "\n" : character === "t" ? "\t" : character,
  );
}

/** Whether a line break or tab of a new line stands where a quote is open. Lines of the old text are known to fit. */
function hasQuotedBreak({ oldText, newText }: Block): boolean {
  const known = new Set(splitLines(oldText));
  const lines = splitLines(newText);
  return lines.some((line, index) => {
    if (known.has(line)) return false;
    const tabs = line.split("\\t");
    const isTabQuoted = tabs.some((_, tab) => tab > 0 && hasOpenQuote(tabs.slice(0, tab).join("")));
    return isTabQuoted || (index < lines.length - 1 && hasOpenQuote(line));
  });
}

function splitLines(text: string): string[] {
  return text.split(/\\n|\n/);
}

function hasOpenQuote(text: string): boolean {
  return ["'", '"', "`"].some((quote) => (text.split(quote).length - 1) % 2 === 1);
}
