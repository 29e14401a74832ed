import { preloadHighlighter } from "@pierre/diffs";
import { diffTheme } from "./diff-theme.ts";

/** Loads what colours code on the page itself. The surface would ask for it too, one part behind the other, once it is there. */
export async function preloadDiffHighlighter(): Promise<void> {
  await preloadHighlighter({ themes: [diffTheme.light, diffTheme.dark], langs: ["text"] });
}
