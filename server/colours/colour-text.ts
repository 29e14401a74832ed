import {
  formatCSSVariablePrefix,
  getFiletypeFromFileName,
  getSharedHighlighter,
  tokenStyle,
  type ThemedToken,
} from "@pierre/diffs";
import { codeTheme } from "#lib/code-theme.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";

/** The browser's diff surface colours up to here too; what is longer is data, and one line of it can take seconds. */
const maxLineLength = 1_000;

/**
 * The colours of a whole text, with the language that its path says. By the library's highlighter in WebAssembly: 100
 * lines take about 1 ms, and its grammars in JavaScript take a hundred times as long for colours that hardly differ.
 */
export async function colourText({ path, text }: { path: string; text: string }): Promise<LineColours> {
  const language = getFiletypeFromFileName(path);
  if (language === "text" || text === "") return { styles: [], lines: [] };
  const highlighter = await getSharedHighlighter({
    themes: Object.values(codeTheme),
    langs: [language],
    preferredHighlighter: "highlights",
  });
  const { tokens } = highlighter.codeToTokens(text, {
    lang: language,
    themes: codeTheme,
    defaultColor: false,
    cssVariablePrefix: formatCSSVariablePrefix("token"),
    tokenizeMaxLineLength: maxLineLength,
    tokenizeTimeLimit: 0,
  });
  const indexes = new Map<string, number>();
  const toIndex = (style: string) => {
    const index = indexes.get(style) ?? indexes.size;
    indexes.set(style, index);
    return index;
  };
  const lines = tokens.map((line) => joinTokens({ line, toIndex }));
  return { styles: [...indexes.keys()], lines };
}

/** Neighbours that look the same are one. White space looks like anything, so it goes with what stands before it. */
function joinTokens({ line, toIndex }: { line: readonly ThemedToken[]; toIndex: (style: string) => number }): number[] {
  const lengths: number[] = [];
  const styles: number[] = [];
  let indent = 0;
  for (const token of line) {
    const { length } = token.content;
    const last = lengths.length - 1;
    const isBlank = token.content.trim() === "";
    if (isBlank && last === -1) {
      indent += length;
      continue;
    }
    const style = isBlank ? styles[last] : toIndex(tokenStyle(token));
    if (last !== -1 && style === styles[last]) lengths[last] = (lengths[last] ?? 0) + length;
    else if (style !== undefined) {
      lengths.push(indent + length);
      styles.push(style);
      indent = 0;
    }
  }
  return lengths.flatMap((length, index) => [length, styles[index] ?? 0]);
}
