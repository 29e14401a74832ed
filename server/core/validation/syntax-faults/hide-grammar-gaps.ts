/**
 * Rewrites what the TypeScript and JavaScript grammars of tree-sitter do not know, though it is valid: type arguments of a
 * tagged template (`styled.div<Props>`), types behind `import("…")`, `export type *`, variance marks, names that are keywords,
 * and a bare `&` in JSX text. Each piece gives way to something that the grammar knows, of the same length, so that lines and columns stay. A text
 * that parses only after this is valid as far as anyone can tell.
 */
export function hideGrammarGaps(text: string): string {
  return hideTagTypeArguments(text)
    .replace(/\bexport(\s+)type(\s+)\*/g, (_, before: string, after: string) => `export${before}    ${after}*`)
    .replace(/\bimport\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)/g, (found) => "i".repeat(found.length))
    .replace(/([<,]\s*)((?:(?:in|out|const)\s+)+)(?=[A-Z_$])/g, (_, before: string, marks: string) => before + marks.replace(/\S/g, " "))
    .replace(/^(\s*)in(?=\??:)/gm, "$1xx")
    .replace(/\bas (default|function|null|void)(?=\s*[,}])/g, (_, keyword: string) => `as ${"x".repeat(keyword.length)}`)
    .replace(/(?<!&)&(?![&=])/g, "|");
}

/** The longest type argument list that is looked for; it also bounds the work. */
const maxTypeArgumentCharacters = 2_000;

function hideTagTypeArguments(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let tick = text.indexOf(">`"); tick !== -1; tick = text.indexOf(">`", tick + 1)) {
    const start = findTypeArgumentStart({ text, end: tick, floor: from });
    if (start === null) continue;
    pieces.push(text.slice(from, start), text.slice(start, tick + 1).replace(/[^\n]/g, " "));
    from = tick + 1;
  }
  return pieces.join("") + text.slice(from);
}

/** The `<` that the `>` at `end` closes, if a name stands right before it. */
function findTypeArgumentStart({ text, end, floor }: { text: string; end: number; floor: number }): number | null {
  let depth = 0;
  for (let at = end; at >= Math.max(floor, end - maxTypeArgumentCharacters); at -= 1) {
    const character = text.charAt(at);
    if (character === ">" && text.charAt(at - 1) !== "=") depth += 1;
    if (character !== "<") continue;
    depth -= 1;
    if (depth === 0) return /[\w$)\]]/.test(text.charAt(at - 1)) ? at : null;
  }
  return null;
}
