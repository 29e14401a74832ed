import type { Node } from "web-tree-sitter";

/** The 1-based line that a node begins on. */
export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

const maxSpelledLength = 200;

/** Source on one line, cut where it is long: types and defaults are shown, not run. */
export function spell(node: Node): string {
  const text = node.text.replace(/\s+/g, " ").trim();
  return text.length > maxSpelledLength ? `${text.slice(0, maxSpelledLength - 1)}…` : text;
}
