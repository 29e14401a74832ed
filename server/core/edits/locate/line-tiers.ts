import { lineEnd, lineStart, type TextDocument } from "../text-document.ts";
import type { BlockMatch, Place } from "./block-match.ts";
import { findSequence } from "./find-sequence.ts";
import { foldLookalikes } from "./fold-lookalikes.ts";
import { keepLookalikes } from "./keep-lookalikes.ts";
import type { LineBlock } from "./line-block.ts";
import { settleIndentation } from "./settle-indentation.ts";
import { spliceLines } from "./splice-lines.ts";

/** A block with fewer significant characters matches anywhere once white space is ignored. */
const minSignificantCharacters = 4;

/** Which differences a tier tolerates in a line, and how it rewrites a block that matches. */
export type LineTier = {
  name: "exact" | "trailing space" | "indentation" | "look-alikes" | "look-alikes and indentation";
  minCharacters: number;
  fold: (line: string) => string;
  settle: (block: LineBlock & { file: string[] }) => LineBlock | null;
};

const asItIs: LineTier["settle"] = ({ search, replace }) => ({ search, replace });

/** The block with the file's indentation, then the new lines with the file's spelling of what both sides share. */
const withLookalikes =
  (settle: LineTier["settle"]): LineTier["settle"] =>
  ({ search, replace, file }) => {
    const settled = settle({ search, replace, file });
    const lines = settled === null ? null : keepLookalikes({ ...settled, file });
    return lines === null ? null : { search: file, replace: lines };
  };

const exactLines: LineTier = { name: "exact", minCharacters: 1, fold: (line) => line, settle: asItIs };

/** From exact to tolerant. */
export const lineTiers: readonly LineTier[] = [
  exactLines,
  { name: "trailing space", minCharacters: 1, fold: (line) => line.trimEnd(), settle: asItIs },
  {
    name: "indentation",
    minCharacters: minSignificantCharacters,
    fold: (line) => line.trim(),
    settle: settleIndentation,
  },
  {
    name: "look-alikes",
    minCharacters: minSignificantCharacters,
    fold: (line) => foldLookalikes(line).trimEnd(),
    settle: withLookalikes(asItIs),
  },
  {
    name: "look-alikes and indentation",
    minCharacters: minSignificantCharacters,
    fold: (line) => foldLookalikes(line).trim(),
    settle: withLookalikes(settleIndentation),
  },
];

export function listLinePlaces({
  document,
  search,
  tier,
}: {
  document: TextDocument;
  search: string[];
  tier: LineTier;
}): Place[] {
  const folded = search.map(tier.fold);
  if (folded.join("").replace(/\s/g, "").length < tier.minCharacters) return [];
  return findSequence({ items: document.lines.map(tier.fold), sequence: folded }).map((firstLine) => {
    const lastLine = firstLine + search.length - 1;
    return { start: lineStart(document, firstLine), end: lineEnd(document, lastLine), firstLine, lastLine };
  });
}

/** The only position at which whole lines match exactly, or null. */
export function locateWholeLines({ document, block }: { document: TextDocument; block: LineBlock }): BlockMatch | null {
  const [place, other] = listLinePlaces({ document, search: block.search, tier: exactLines });
  return place === undefined || other !== undefined ? null : matchLines({ document, place, block, tier: exactLines });
}

export function matchLines({
  document,
  place,
  block,
  tier,
}: {
  document: TextDocument;
  place: Place;
  block: LineBlock;
  tier: LineTier;
}): BlockMatch | null {
  const { firstLine, lastLine } = place;
  const settled = tier.settle({ ...block, file: document.lines.slice(firstLine, lastLine + 1) });
  if (settled === null) return null;
  const { search, replace } = settled;
  const { start } = place;
  if (replace.length === 0) {
    const end = lineStart(document, lastLine + 1);
    return { start, end, replacement: "", splices: [{ start, end, text: "" }] };
  }
  return {
    start,
    end: place.end,
    replacement: replace.join("\n"),
    splices: spliceLines({ document, firstLine, search, replace }),
  };
}
