import type { TextEdit } from "#lib/contracts/change-set.ts";
import { findHeadedBlock } from "./find-headed-block.ts";
import { learnIndentMap, type IndentMap } from "./indent-map.ts";
import { lineAt, type TextDocument } from "./text-document.ts";

/**
 * A place that a block was found at: whole lines `firstLine` to `lastLine` (0-based, inclusive), and for each the line
 * of the block that it matched. `search` and `replace` are the block's lines as they are to be compared.
 */
export type BlockMatch = {
  firstLine: number;
  lastLine: number;
  search: string[];
  replace: string[];
  indent: IndentMap | null;
};

export type LocateResult =
  | { status: "found"; matches: BlockMatch[] }
  | { status: "ambiguous"; lines: number[] }
  | { status: "absent" };

type Block = { oldText: string; newText: string };

/** Fewer significant characters than this match anywhere once white space is ignored. */
const minSignificantCharacters = 4;

/**
 * Finds a block, from exact to tolerant. The first tier with a hit decides, and more than one hit in it is ambiguous,
 * so that a looser tier never chooses between places that a stricter one could not tell apart. Nothing is scored or
 * guessed.
 */
export function locateBlock({ document, edit }: { document: TextDocument; edit: TextEdit }): LocateResult {
  const given: Block = { oldText: edit.oldText, newText: edit.newText };
  if (edit.replaceAll === true) {
    const matches = locateEvery({ document, block: given });
    return matches.length === 0 ? { status: "absent" } : { status: "found", matches };
  }
  const exact = edit.isWholeLines === true ? [] : listPlaces({ document, block: given });
  if (exact.length > 0)
    return decide({
      document,
      places: exact,
      edit,
      toMatch: ({ start }) => widenToLines({ document, block: given, places: [start] }),
    });
  // What is stripped stood on lines of its own, so the rest of such a block is whole lines and never a part of one.
  const attempts = [
    { block: given, tiers: edit.isWholeLines === true ? [locateWholeLines, ...lineTiers] : lineTiers },
    { block: stripBlankEdges(given), tiers: [locateWholeLines, ...lineTiers] },
    { block: stripGutter(given), tiers: [locateWholeLines, ...lineTiers] },
  ];
  for (const { block, tiers } of attempts) {
    for (const tier of block === null ? [] : tiers) {
      const matches = block === null ? [] : tier({ document, block });
      if (matches.length > 0) return decide({ document, places: matches, edit, toMatch: (match) => match });
    }
  }
  const unescaped = unescape(given);
  const [place, other] = unescaped === null ? [] : listPlaces({ document, block: unescaped });
  if (unescaped === null || place === undefined || other !== undefined) return { status: "absent" };
  return { status: "found", matches: [widenToLines({ document, block: unescaped, places: [place.start] })] };
}

/** Lines `firstLine` to `lastLine`, 0-based and inclusive. */
type LineRange = Pick<BlockMatch, "firstLine" | "lastLine">;

/**
 * The one place, or the one that the author's hints single out. A hint never makes a match and never chooses between
 * two that fit it alike. Only the chosen place is read as lines: a short text may stand at a hundred thousand places of
 * one line.
 */
function decide<Place extends LineRange>({
  document,
  places,
  edit,
  toMatch,
}: {
  document: TextDocument;
  places: Place[];
  edit: TextEdit;
  toMatch: (place: Place) => BlockMatch;
}): LocateResult {
  const place = choosePlace({ document, places, edit });
  if (place === null) return { status: "ambiguous", lines: places.map(({ firstLine }) => firstLine + 1) };
  const match = toMatch(place);
  // A new line whose indentation the matched lines do not explain would be a guess.
  return match.replace.every((line) => match.indent?.(line) !== null)
    ? { status: "found", matches: [match] }
    : { status: "absent" };
}

function choosePlace<Place extends LineRange>({
  document,
  places,
  edit,
}: {
  document: TextDocument;
  places: Place[];
  edit: TextEdit;
}): Place | null {
  for (const fits of [() => true, isUnderHeadings, isAtEnd]) {
    const [place, other] = places.filter((range) => fits({ document, range, edit }));
    if (place !== undefined && other === undefined) return place;
  }
  return findNearest({ places, nearLine: edit.nearLine });
}

type Hint = { document: TextDocument; range: LineRange; edit: TextEdit };

function isUnderHeadings({ document, range, edit }: Hint): boolean {
  const block =
    edit.within === undefined || edit.within.length === 0
      ? null
      : findHeadedBlock({ lines: document.lines, headings: edit.within });
  return block !== null && range.firstLine >= block.firstLine && range.lastLine <= block.lastLine;
}

/** The place ends the file; blank lines behind it do not count. */
function isAtEnd({ document, range, edit }: Hint): boolean {
  return edit.isAtEnd === true && document.lines.slice(range.lastLine + 1).every((line) => line.trim() === "");
}

function findNearest<Place extends LineRange>({
  places,
  nearLine,
}: {
  places: Place[];
  nearLine: number | undefined;
}): Place | null {
  if (nearLine === undefined) return null;
  const [nearest, next] = places
    .map((place) => ({ place, distance: Math.abs(place.firstLine + 1 - nearLine) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest !== undefined && next !== undefined && nearest.distance < next.distance ? nearest.place : null;
}

/** Tier 1: the exact text, anywhere. Places that share characters are places too: `}}` stands twice in `}}}`. */
function listPlaces({
  document,
  block: { oldText },
}: {
  document: TextDocument;
  block: Block;
}): (LineRange & { start: number })[] {
  const { text } = document;
  const first = oldText === "" ? -1 : text.indexOf(oldText);
  if (first === -1) return [];
  const starts = text.includes(oldText, first + 1) ? findSequence({ items: text, sequence: oldText }) : [first];
  return starts.map((start) => ({
    start,
    firstLine: lineAt(document, start),
    lastLine: lineAt(document, start + oldText.length - 1),
  }));
}

/** The exact text wherever it stands; places that share a line make one match. */
function locateEvery({ document, block }: { document: TextDocument; block: Block }): BlockMatch[] {
  const groups: number[][] = [];
  let lastLine = -1;
  for (const start of listOccurrences({ document, block })) {
    if (lineAt(document, start) === lastLine) groups.at(-1)?.push(start);
    else groups.push([start]);
    lastLine = lineAt(document, start + block.oldText.length - 1);
  }
  return groups.map((places) => widenToLines({ document, block, places }));
}

function listOccurrences({
  document: { text },
  block: { oldText },
}: {
  document: TextDocument;
  block: Block;
}): number[] {
  const starts: number[] = [];
  if (oldText === "") return starts;
  for (let start = text.indexOf(oldText); start !== -1; start = text.indexOf(oldText, start + oldText.length))
    starts.push(start);
  return starts;
}

/** Exact places as whole lines: what stands around them on their lines belongs to both sides alike. */
function widenToLines({
  document,
  block: { oldText, newText },
  places,
}: {
  document: TextDocument;
  block: Block;
  places: number[];
}): BlockMatch {
  const { text, starts, lines } = document;
  const end = (places.at(-1) ?? 0) + oldText.length;
  const firstLine = lineAt(document, places[0] ?? 0);
  const lastLine = lineAt(document, end - 1);
  const lineEnd = (starts[lastLine] ?? 0) + (lines[lastLine]?.length ?? 0);
  const takesLastEnding = end > lineEnd;
  let replaced = "";
  let position = starts[firstLine] ?? 0;
  for (const start of places) {
    replaced += text.slice(position, start) + newText;
    position = start + oldText.length;
  }
  replaced += text.slice(end, Math.max(end, lineEnd));
  const toMatch = (last: number, replace: string[]): BlockMatch => ({
    firstLine,
    lastLine: last,
    search: document.lines.slice(firstLine, last + 1),
    replace,
    indent: null,
  });
  // Deleting whole lines takes their ending too: nobody means to leave an empty line behind.
  if (replaced === "") return toMatch(lastLine, []);
  if (!takesLastEnding) return toMatch(lastLine, replaced.split("\n"));
  if (replaced.endsWith("\n")) return toMatch(lastLine, replaced.slice(0, -1).split("\n"));
  // The ending goes and nothing comes for it, so that the next line joins this one.
  return toMatch(lastLine + 1, `${replaced}${document.lines[lastLine + 1] ?? ""}`.split("\n"));
}

type LineTier = { document: TextDocument; block: Block };

/** Tier 1 for a block that is known to be whole lines. */
export function locateWholeLines({ document, block }: LineTier): BlockMatch[] {
  return locateLines({ document, block, fold: (line) => line, learnsIndent: false });
}

/** Tier 2: whole lines, white space at their ends ignored. */
function locateByTrailingSpace({ document, block }: LineTier): BlockMatch[] {
  return locateLines({ document, block, fold: (line) => line.trimEnd(), learnsIndent: false });
}

/** Tier 3: whole lines, indentation learned. */
function locateByIndent({ document, block }: LineTier): BlockMatch[] {
  return locateLines({ document, block, fold: (line) => line.trim(), learnsIndent: true });
}

/** Tier 4: as 3, with characters that look alike taken as one. */
function locateByLookalikes({ document, block }: LineTier): BlockMatch[] {
  return locateLines({ document, block, fold: (line) => foldLookalikes(line).trim(), learnsIndent: true });
}

const lineTiers = [locateByTrailingSpace, locateByIndent, locateByLookalikes];

/** Where a block stands as whole lines, from exact to tolerant; the first tier with a hit decides. */
export function locateAsLines({ document, block }: LineTier): BlockMatch[] {
  for (const tier of [locateWholeLines, ...lineTiers]) {
    const matches = tier({ document, block });
    if (matches.length > 0) return matches;
  }
  return [];
}

function locateLines({
  document,
  block,
  fold,
  learnsIndent,
}: LineTier & { fold: (line: string) => string; learnsIndent: boolean }): BlockMatch[] {
  // At most one final line ending is left away, and only from both sides alike: one that stands on one side is a change.
  const isTerminated = block.oldText.endsWith("\n") && (block.newText === "" || block.newText.endsWith("\n"));
  const search = (isTerminated ? stripFinalNewline(block.oldText) : block.oldText).split("\n");
  const replace =
    block.newText === "" ? [] : (isTerminated ? stripFinalNewline(block.newText) : block.newText).split("\n");
  const folded = search.map(fold);
  if (folded.join("").replace(/\s/g, "").length < (learnsIndent ? minSignificantCharacters : 1)) return [];
  const fileLines = document.lines.map(fold);
  const matches: BlockMatch[] = [];
  for (const firstLine of findSequence({ items: fileLines, sequence: folded })) {
    const lastLine = firstLine + search.length - 1;
    const indent = learnsIndent
      ? learnIndentMap({ from: search, to: document.lines.slice(firstLine, lastLine + 1) })
      : null;
    if (learnsIndent && indent === null) continue;
    matches.push({ firstLine, lastLine, search, replace, indent });
  }
  return matches;
}

/** Knuth-Morris-Pratt over lines, or the characters of a text, so that long blocks that repeat themselves stay linear. */
function findSequence({ items, sequence }: { items: ArrayLike<string>; sequence: ArrayLike<string> }): number[] {
  const borders = [0];
  for (let index = 1, length = 0; index < sequence.length; index += 1) {
    while (length > 0 && sequence[index] !== sequence[length]) length = borders[length - 1] ?? 0;
    if (sequence[index] === sequence[length]) length += 1;
    borders.push(length);
  }
  const places: number[] = [];
  for (let index = 0, length = 0; index < items.length; index += 1) {
    while (length > 0 && items[index] !== sequence[length]) length = borders[length - 1] ?? 0;
    if (items[index] === sequence[length]) length += 1;
    if (length === sequence.length) {
      places.push(index - length + 1);
      length = borders[length - 1] ?? 0;
    }
  }
  return places;
}

function foldLookalikes(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
    .replace(/[\u201C\u201D\u201E\u201F\u2033]/g, '"')
    .replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, " ");
}

function stripFinalNewline(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** Tier 5: blank lines at an edge of the block that are not in the file, where old and new text have them alike. */
function stripBlankEdges({ oldText, newText }: Block): Block | null {
  const search = oldText.split("\n");
  const replace = newText.split("\n");
  let stripped = 0;
  while (search.length > 1 && replace.length > 1 && search[0]?.trim() === "" && replace[0]?.trim() === "") {
    search.shift();
    replace.shift();
    stripped += 1;
  }
  while (search.length > 1 && replace.length > 1 && search.at(-1)?.trim() === "" && replace.at(-1)?.trim() === "") {
    search.pop();
    replace.pop();
    stripped += 1;
  }
  return stripped === 0 ? null : { oldText: search.join("\n"), newText: replace.join("\n") };
}

const gutter = /^\s*(\d+)\s*(?:\||:|→|\t)\s?/;

/**
 * Tier 6: line numbers that a model copied from a listing, where every line of both blocks has one and those of the old
 * text count. Null too where nothing else differs: then the numbers are the change.
 */
function stripGutter({ oldText, newText }: Block): Block | null {
  const strip = (text: string): string | null => {
    const lines = stripFinalNewline(text).split("\n");
    return lines.every((line) => gutter.test(line)) ? lines.map((line) => line.replace(gutter, "")).join("\n") : null;
  };
  const numbers = stripFinalNewline(oldText)
    .split("\n")
    .map((line) => Number(gutter.exec(line)?.[1]));
  if (!numbers.every((number, index) => number === (numbers[0] ?? 0) + index)) return null;
  const search = strip(oldText);
  const replace = newText === "" ? "" : strip(newText);
  return search === null || replace === null || search === replace ? null : { oldText: search, newText: replace };
}

const escapeSequence = /\\(n|t|"|')/g;

/**
 * Tier 7: a block that was escaped once too often. Null where the new text has an escape that the old text does not
 * have, or an escaped backslash: that may be a line break, or two characters of a string.
 */
function unescape({ oldText, newText }: Block): Block | null {
  const known: Set<string> = new Set(oldText.match(escapeSequence));
  if (
    known.size === 0 ||
    newText.includes("\\\\") ||
    newText.match(escapeSequence)?.some((escape) => !known.has(escape)) === true
  )
    return null;
  const undo = (text: string) =>
    text.replace(escapeSequence, (_, character: string) =>
      character === "n" ? "\n" : character === "t" ? "\t" : character,
    );
  return { oldText: undo(oldText), newText: undo(newText) };
}
