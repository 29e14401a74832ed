type Block = { oldText: string; newText: string };

const escapeSequence = /\\(n|t|"|')/g;

/**
 * Unescapes a block that was escaped once too often. Null if that is uncertain: the two sides are escaped differently,
 * or an escape in the new text may be code. A `\n` between quotes is either two characters of a string, or a line
 * break, which a string cannot contain.
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

/** Whether a line break or tab of a new line is inside an open quote. Lines of the old text are known to match. */
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
