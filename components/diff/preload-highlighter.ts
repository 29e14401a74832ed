import { preloadHighlighter } from "@pierre/diffs";
import { codeTheme } from "#lib/code-theme.ts";

/** Loads what draws lines on the page itself: the themes, and no language. */
export async function preloadDiffHighlighter(): Promise<void> {
  await preloadHighlighter({ themes: [codeTheme.light, codeTheme.dark], langs: ["text"] });
}
