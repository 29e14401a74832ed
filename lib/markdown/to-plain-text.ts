import type { Inline } from "./parse-inline.ts";
import { parseMarkdown, type Block } from "./parse-markdown.ts";

/** The words of a Markdown text without its markup, for places with room for a line or two. */
export function toPlainText(text: string): string {
  return parseMarkdown(text)
    .map(readBlock)
    .filter((part) => part !== "")
    .join(" ")
    .replace(/\s+/g, " ");
}

function readBlock(block: Block): string {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return readInlines(block.children);
    case "code":
      return block.text;
    case "quote":
      return block.children.map(readBlock).join(" ");
    case "list":
      return block.items.map((item) => item.map(readBlock).join(" ")).join(" ");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(readInlines).join(" ")).join(" ");
    case "rule":
      return "";
  }
}

function readInlines(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ("children" in inline ? readInlines(inline.children) : inline.text)).join("");
}
