import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import { findHeadedBlocks } from "./find-headed-block.ts";
import { learnIndentMap } from "./indent-map.ts";
import type { BlockMatch, Place } from "./locate/block-match.ts";
import { matchExact } from "./locate/exact-match.ts";
import { findSequence } from "./locate/find-sequence.ts";
import { toLineBlock } from "./locate/line-block.ts";
import { lineTiers, listLinePlaces, matchLines, type LineTier } from "./locate/line-tiers.ts";
import { stripBlankEdges } from "./locate/strip-blank-edges.ts";
import { stripGutter } from "./locate/strip-gutter.ts";
import { unescapeBlock } from "./locate/unescape-block.ts";
import { lineAt, type TextDocument } from "./text-document.ts";

export type LocateResult =
  | { status: "found"; matches: BlockMatch[] }
  /**
   * The new text is already there. `hasOldText`: it contains the old text, as after an insertion that is sent again.
   */
  | { status: "present"; hasOldText: boolean }
  /** 1-based lines. */
  | { status: "ambiguous"; lines: number[] }
  /** The old text occurs once, but the new text has no certain reading there. */
  | { status: "uncertain"; line: number }
  /** `outside`: 1-based lines where it occurs, but not under its headings. */
  | { status: "absent"; outside: number[] };

type Block = { oldText: string; newText: string };
type Search = { document: TextDocument; edit: TextEdit };

/** The chosen position, and how exactly the old text matches there. */
type Hit = { tier: LineTier["name"] | "unescaped" } & (
  | { status: "found"; matches: BlockMatch[]; place: Place }
  | { status: "uncertain"; line: number; place: Place }
  | { status: "present"; hasOldText: boolean }
  | { status: "ambiguous"; lines: number[] }
);

/**
 * Locates a block, from exact to tolerant tiers. The first tier with a match decides. Several matches in it are
 * ambiguous, so that a looser tier never chooses between positions that a stricter one could not distinguish. Nothing
 * is scored or guessed: if two readings of a block write different texts, it is refused.
 */
export function locateBlock({ document, edit }: Search): LocateResult {
  if (edit.replaceAll === true) return locateEvery({ document, edit });
  const outside: number[] = [];
  const hit = locateExactly({ document, edit, outside }) ?? locateTolerantly({ document, edit, outside });
  if (hit?.status === "present" || hit?.status === "ambiguous") return hit;
  if (hit?.status === "found" && hit.tier === "exact") return hit;
  const copies = listPresent({ document, edit });
  if (hit === null)
    return copies.length === 1 ? { status: "present", hasOldText: false } : { status: "absent", outside };
  // The old text matches loosely. Within its new text, the block was already applied; next to it, that is not certain.
  const { place } = hit;
  if (copies.some(({ start, end }) => start <= place.start && place.end <= end))
    return { status: "present", hasOldText: true };
  const elsewhere = copies.find(({ start, end }) => end < place.start || place.end < start);
  return elsewhere === undefined ? hit : { status: "ambiguous", lines: [place.firstLine + 1, elsewhere.firstLine + 1] };
}

/**
 * Where the new text occurs as whole lines. As a part of a line it could occur by chance. A comparison that treats old
 * and new text as equal, as for lines that only change indentation, proves nothing.
 */
function listPresent({ document, edit }: Search): Place[] {
  if (edit.newText.trim() === "") return [];
  const { search, replace } = toLineBlock({ oldText: edit.newText, newText: edit.oldText });
  for (const tier of lineTiers) {
    if (search.map(tier.fold).join("\n") === replace.map(tier.fold).join("\n")) return [];
    const places = listLinePlaces({ document, search, tier }).filter(
      (place) =>
        isUnderHeadings({ document, edit, place }) &&
        learnIndentMap({ from: search, to: document.lines.slice(place.firstLine, place.lastLine + 1) }) !== null,
    );
    if (places.length > 0) return places;
  }
  return [];
}

function locateExactly({ document, edit, outside }: Search & { outside: number[] }): Hit | null {
  const { oldText, newText, isWholeLines } = edit;
  if (isWholeLines === true) return null;
  return decide({
    document,
    edit,
    tier: "exact",
    places: listPlaces({ document, oldText }),
    outside,
    toMatch: (place) => matchExact({ document, place, block: { oldText, newText } }),
  });
}

function locateTolerantly({ document, edit, outside }: Search & { outside: number[] }): Hit | null {
  const given: Block = { oldText: edit.oldText, newText: edit.newText };
  const whole = toLineBlock(given);
  // The removed gutter was on every line, so the block consists of whole lines and is never a part of one.
  const attempts = [
    { block: whole, tiers: edit.isWholeLines === true ? lineTiers : lineTiers.slice(1) },
    { block: stripBlankEdges(whole), tiers: lineTiers },
    { block: stripGutter(whole), tiers: lineTiers },
  ];
  for (const { block, tiers } of attempts) {
    if (block === null) continue;
    for (const tier of tiers) {
      const places = listLinePlaces({ document, search: block.search, tier });
      const toMatch = (place: Place) => matchLines({ document, place, block, tier });
      const hit = decide({ document, edit, tier: tier.name, places, outside, toMatch });
      if (hit !== null) return hit;
    }
  }
  const unescaped = unescapeBlock(given);
  const places = unescaped === null ? [] : listPlaces({ document, oldText: unescaped.oldText });
  if (unescaped === null || places.length !== 1) return null;
  const toMatch = (place: Place) => matchExact({ document, place, block: unescaped });
  return decide({ document, edit, tier: "unescaped", places, outside, toMatch });
}

/**
 * The match at the only position, or at the one that the author's hints identify. Headings are binding; other hints
 * only choose between equally good positions. Null if there is no position.
 */
function decide({
  document,
  edit,
  tier,
  places,
  outside,
  toMatch,
}: Search & {
  tier: Hit["tier"];
  places: Place[];
  outside: number[];
  toMatch: (place: Place) => BlockMatch | null;
}): Hit | null {
  const headed = places.filter((place) => isUnderHeadings({ document, edit, place }));
  if (headed.length === 0) {
    outside.push(...places.map(({ firstLine }) => firstLine + 1));
    return null;
  }
  const place = choosePlace({ document, edit, places: headed });
  if (place === null) return { status: "ambiguous", tier, lines: headed.map(({ firstLine }) => firstLine + 1) };
  const match = toMatch(place);
  if (match === null) return { status: "uncertain", tier, place, line: place.firstLine + 1 };
  return isPresent({ document, match })
    ? { status: "present", tier, hasOldText: true }
    : { status: "found", tier, place, matches: [match] };
}

/** Whether the position is inside a copy of its result, as after an insertion that is sent again. */
export function isPresent({
  document: { text },
  match: { start, end, replacement },
}: {
  document: TextDocument;
  match: BlockMatch;
}): boolean {
  const matched = text.slice(start, end);
  for (let offset = replacement.indexOf(matched); offset !== -1; offset = replacement.indexOf(matched, offset + 1))
    if (start >= offset && text.startsWith(replacement, start - offset)) return true;
  return false;
}

function choosePlace({ document, edit, places }: Search & { places: Place[] }): Place | null {
  const [only, second] = places;
  if (only !== undefined && second === undefined) return only;
  const atEnd = edit.isAtEnd === true ? places.filter((place) => isAtEnd({ document, place })) : [];
  const [last] = atEnd;
  if (last !== undefined && atEnd.length === 1) return last;
  return findNearest({ places, nearLine: edit.nearLine });
}

function isUnderHeadings({ document: { lines }, edit: { within }, place }: Search & { place: Place }): boolean {
  if (within === undefined || within.length === 0) return true;
  return findHeadedBlocks({ lines, headings: within }).some(
    ({ firstLine, lastLine }) => place.firstLine >= firstLine && place.lastLine <= lastLine,
  );
}

/** The match ends the file; blank lines after it do not count. */
function isAtEnd({ document, place }: { document: TextDocument; place: Place }): boolean {
  return document.lines.slice(place.lastLine + 1).every((line) => line.trim() === "");
}

function findNearest({ places, nearLine }: { places: Place[]; nearLine: number | undefined }): Place | null {
  if (nearLine === undefined) return null;
  const [nearest, next] = places
    .map((place) => ({ place, distance: Math.abs(place.firstLine + 1 - nearLine) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest !== undefined && next !== undefined && nearest.distance < next.distance ? nearest.place : null;
}

/** Tier 1: the exact text, anywhere. Overlapping occurrences count: `}}` occurs twice in `}}}`. */
function listPlaces({ document, oldText }: { document: TextDocument; oldText: string }): Place[] {
  const { text } = document;
  const first = oldText === "" ? -1 : text.indexOf(oldText);
  if (first === -1) return [];
  const starts = text.includes(oldText, first + 1) ? findSequence({ items: text, sequence: oldText }) : [first];
  return starts.map((start) => toPlace({ document, start, end: start + oldText.length }));
}

function toPlace({ document, start, end }: { document: TextDocument; start: number; end: number }): Place {
  return { start, end, firstLine: lineAt(document, start), lastLine: lineAt(document, Math.max(start, end - 1)) };
}

/** All occurrences of the exact text. */
function locateEvery({ document, edit }: Search): LocateResult {
  const { oldText, newText } = edit;
  const matches: BlockMatch[] = [];
  for (
    let start = document.text.indexOf(oldText);
    start !== -1;
    start = document.text.indexOf(oldText, start + oldText.length)
  ) {
    const place = toPlace({ document, start, end: start + oldText.length });
    const match = matchExact({ document, place, block: { oldText, newText } });
    if (match === null) return { status: "uncertain", line: place.firstLine + 1 };
    matches.push(match);
  }
  if (matches.length === 0) {
    const copies = listPresent({ document, edit });
    return copies.length > 0 ? { status: "present", hasOldText: false } : { status: "absent", outside: [] };
  }
  return matches.every((match) => isPresent({ document, match }))
    ? { status: "present", hasOldText: true }
    : { status: "found", matches };
}
