import {
  formatCSSVariablePrefix,
  getFiletypeFromFileName,
  getSharedHighlighter,
  tokenStyle,
  type ThemedToken,
} from "@pierre/diffs";
import { codeTheme } from "#lib/code-theme.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";

/** The browser's diff surface also colours up to this length; a longer line is data and could take seconds. */
const maxLineLength = 1_000;

/**
 * The colours of a whole text, in the language of its path. Uses the library's highlighter in WebAssembly: 100 lines
 * take about 1 ms. Its JavaScript grammars take a hundred times as long for nearly the same colours.
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

/** Merges adjacent equal styles. White space has no visible style, so it joins what precedes it. */
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
