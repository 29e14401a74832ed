import { parseInline, type Inline } from "./parse-inline.ts";

export type Block =
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "paragraph"; children: Inline[] }
  | { type: "code"; language: string; text: string }
  | { type: "quote"; children: Block[] }
  | { type: "list"; isOrdered: boolean; start: number; items: Block[][] }
  | { type: "table"; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" };

const maxDepth = 6;

/**
 * Parses a model's Markdown into blocks that the page renders with its own elements. Raw HTML stays text. A streaming
 * answer is parsed as far as it has arrived: an open fence is code.
 */
export function parseMarkdown(text: string): Block[] {
  return parseBlocks(text.replace(/\r\n?/g, "\n").split("\n"), 0);
}

const fence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const quote = /^ {0,3}> ?/;
const bullet = /^( {0,3})([-*+])( +)(?=\S)/;
const ordered = /^( {0,3})(\d{1,9})[.)]( +)(?=\S)/;
const tableLine = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function parseBlocks(lines: readonly string[], depth: number): Block[] {
  if (depth > maxDepth) return paragraphOf(lines);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const { block, end } = readBlock({ lines, at, line, depth });
    blocks.push(...block);
    at = end;
  }
  return blocks;
}

type Read = { block: Block[]; end: number };

function readBlock({
  lines,
  at,
  line,
  depth,
}: {
  lines: readonly string[];
  at: number;
  line: string;
  depth: number;
}): Read {
  const fenced = fence.exec(line);
  if (fenced !== null) return readFence({ lines, at, mark: fenced[1] ?? "", language: fenced[2] ?? "" });
  const head = heading.exec(line);
  if (head !== null)
    return {
      block: [{ type: "heading", level: head[1]?.length ?? 1, children: parseInline(head[2] ?? "") }],
      end: at + 1,
    };
  if (rule.test(line)) return { block: [{ type: "rule" }], end: at + 1 };
  if (quote.test(line)) {
    const end = findEnd({ lines, at, isInside: (each) => quote.test(each) });
    const inside = lines.slice(at, end).map((each) => each.replace(quote, ""));
    return { block: [{ type: "quote", children: parseBlocks(inside, depth + 1) }], end };
  }
  if (bullet.test(line) || ordered.test(line)) return readList({ lines, at, depth });
  if (line.includes("|") && tableLine.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("|"))
    return readTable({ lines, at });
  const end = findEnd({ lines, at, isInside: (each) => each.trim() !== "" && !beginsBlock(each) });
  return { block: paragraphOf(lines.slice(at, end)), end };
}

function paragraphOf(lines: readonly string[]): Block[] {
  const text = lines.map((line) => line.trim()).join("\n");
  return [{ type: "paragraph", children: parseInline(text) }];
}

function beginsBlock(line: string): boolean {
  return [fence, heading, rule, quote, bullet, ordered].some((pattern) => pattern.test(line));
}

/** The index of the first line after `at` that is not part of the block starting there. */
function findEnd({
  lines,
  at,
  isInside,
}: {
  lines: readonly string[];
  at: number;
  isInside: (line: string) => boolean;
}): number {
  let end = at + 1;
  while (end < lines.length && isInside(lines[end] ?? "")) end += 1;
  return end;
}

function readFence({
  lines,
  at,
  mark,
  language,
}: {
  lines: readonly string[];
  at: number;
  mark: string;
  language: string;
}): Read {
  const isClosing = (line: string) => line.trim().startsWith(mark) && line.trim().replaceAll(mark.charAt(0), "") === "";
  const end = findEnd({ lines, at, isInside: (line) => !isClosing(line) });
  return { block: [{ type: "code", language, text: lines.slice(at + 1, end).join("\n") }], end: end + 1 };
}

function readList({ lines, at, depth }: { lines: readonly string[]; at: number; depth: number }): Read {
  const isOrdered = ordered.test(lines[at] ?? "");
  const marker = isOrdered ? ordered : bullet;
  const start = isOrdered ? Number(ordered.exec(lines[at] ?? "")?.[2] ?? 1) : 1;
  const items: string[][] = [];
  let end = at;
  while (end < lines.length) {
    const line = lines[end] ?? "";
    const match = marker.exec(line);
    const indent = items.length === 0 ? 0 : 2;
    if (match !== null) items.push([line.slice(match[0].length)]);
    else if (line.trim() === "") {
      // A blank line belongs to the list only if another item follows.
      const next = lines[end + 1] ?? "";
      if (!marker.test(next) && !/^ {2,}\S/.test(next)) break;
      items.at(-1)?.push("");
    } else if (/^ {2,}/.test(line) || (indent > 0 && !beginsBlock(line)))
      items.at(-1)?.push(line.replace(/^ {1,4}/, ""));
    else break;
    end += 1;
  }
  return {
    block: [{ type: "list", isOrdered, start, items: items.map((item) => parseBlocks(item, depth + 1)) }],
    end,
  };
}

function readTable({ lines, at }: { lines: readonly string[]; at: number }): Read {
  const end = findEnd({
    lines,
    at: at + 1,
    isInside: (line) => line.includes("|") && line.trim() !== "" && !beginsBlock(line),
  });
  return {
    block: [
      {
        type: "table",
        head: readCells(lines[at] ?? ""),
        rows: lines.slice(at + 2, end).map(readCells),
      },
    ],
    end,
  };
}

function readCells(line: string): Inline[][] {
  return line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => parseInline(cell.trim().replaceAll("\\|", "|")));
}
