import { hashWord } from "./hash-word.ts";
import { splitWords } from "./split-words.ts";

/** Lines of one file that are shown together: 1-based, inclusive. */
export type FilePart = { firstLine: number; lastLine: number };

/** The maximum length of a block: a longer declaration is cut, so that its relevant half can be shown alone. */
const maxBlockLines = 60;
/** Shorter blocks join the next one: single constants are useless without their neighbours. */
const minBlockLines = 4;
/** Parts with fewer lines between them are merged. */
const maxGapLines = 3;

const declarationStart =
  /^(?:export |public |private |protected |internal |pub(?:\([^)]*\))? |static |abstract |final |async |default |declare |sealed |open |data |@|#\[|\/\*\*|\/\/\/|"""|class |interface |struct |enum |trait |impl |protocol |record |object |module |namespace |model |type |def |fn |fun |func |function |sub |const |let |var |val |resource |create |alter |[.#]?[\w-]+(?:\s*[,>]\s*[.#]?[\w-]+)*\s*\{|#{1,4} )/i;

/**
 * The parts of a file with the most words of a prompt, cut at declarations, within `maxTokens`, in order of lines. Rare
 * words count more: `rarity` maps a word's hash to its weight. Empty if no line has a word of the prompt.
 */
export function cutParts({
  text,
  prompt,
  rarity,
  maxTokens,
  countTokens,
}: {
  text: string;
  prompt: string;
  rarity: (word: number) => number;
  maxTokens: number;
  countTokens: (text: string) => number;
}): FilePart[] {
  const lines = text.split("\n");
  const wanted = new Map([...new Set(splitWords(prompt).map(hashWord))].map((word) => [word, rarity(word)]));
  const scored = cutBlocks(lines)
    .map((block) => ({ ...block, ...scoreBlock({ lines, block, wanted, countTokens }) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.firstLine - b.firstLine);
  const chosen: FilePart[] = [];
  let usedTokens = 0;
  for (const { firstLine, lastLine, tokens } of scored) {
    if (usedTokens + tokens > maxTokens) continue;
    usedTokens += tokens;
    chosen.push({ firstLine, lastLine });
  }
  return joinNeighbours(chosen);
}

/** The text of a part's lines, without a final line ending. */
export function readPart({ text, part }: { text: string; part: FilePart }): string {
  return text
    .split("\n")
    .slice(part.firstLine - 1, part.lastLine)
    .join("\n");
}

function cutBlocks(lines: readonly string[]): FilePart[] {
  const blocks: FilePart[] = [];
  let firstLine = 1;
  const close = (lastLine: number) => {
    if (lastLine >= firstLine) blocks.push({ firstLine, lastLine });
    firstLine = lastLine + 1;
  };
  for (const [at, line] of lines.entries()) {
    const length = at + 1 - firstLine;
    const indent = line.search(/\S/);
    const isBoundary =
      indent >= 0 && indent <= 4 && declarationStart.test(line.trimStart()) && lines[at - 1]?.trim() === "";
    const isTopLevel = indent === 0 && declarationStart.test(line);
    if ((length >= minBlockLines && (isTopLevel || isBoundary)) || length >= maxBlockLines) close(at);
  }
  close(lines.length);
  return blocks;
}

function scoreBlock({
  lines,
  block,
  wanted,
  countTokens,
}: {
  lines: readonly string[];
  block: FilePart;
  wanted: ReadonlyMap<number, number>;
  countTokens: (text: string) => number;
}): { score: number; tokens: number } {
  const text = lines.slice(block.firstLine - 1, block.lastLine).join("\n");
  const counts = new Map<number, number>();
  for (const word of splitWords(text)) {
    const hash = hashWord(word);
    if (wanted.has(hash)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const head = new Set(splitWords(lines[block.firstLine - 1] ?? "").map(hashWord));
  let score = 0;
  for (const [word, count] of counts)
    score += (wanted.get(word) ?? 0) * ((2.2 * count) / (count + 1.2) + (head.has(word) ? 1 : 0));
  const tokens = countTokens(text) + 1;
  return { score: score / Math.log(30 + tokens), tokens };
}

function joinNeighbours(parts: readonly FilePart[]): FilePart[] {
  const joined: FilePart[] = [];
  for (const part of parts.toSorted((a, b) => a.firstLine - b.firstLine)) {
    const last = joined.at(-1);
    if (last !== undefined && part.firstLine - last.lastLine <= maxGapLines + 1) last.lastLine = part.lastLine;
    else joined.push({ ...part });
  }
  return joined;
}
