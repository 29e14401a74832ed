import type { Node } from "web-tree-sitter";

/** The 1-based line on which a node begins. */
export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

const maxSpelledLength = 200;

/** Source on one line, truncated if long: types and defaults are only displayed. */
export function spell(node: Node): string {
  const text = node.text.replace(/\s+/g, " ").trim();
  return text.length > maxSpelledLength ? `${text.slice(0, maxSpelledLength - 1)}…` : text;
}
