import { diffArrays } from "diff";

/** A block that occurs exactly once in the file, and its replacement. */
export type TextEdit = { oldText: string; newText: string };

/** Replaces lines `start` to `end` (exclusive) of the old text by `lines`. */
type Hunk = { start: number; end: number; lines: string[] };

/**
 * The smallest line-based edits that turn one text into another. Each `oldText` is an exact part of the file, including
 * line endings, and occurs once in it, also after the preceding edits were applied in order. New lines get the file's
 * most frequent line ending.
 *
 * @param newText with `\n` line endings, derived from the old text by `toUnixText`
 */
export function buildTextEdits({ oldText: oldFile, newText }: { oldText: string; newText: string }): TextEdit[] {
  const oldText = oldFile.replace(/^\uFEFF/, "");
  const rawLines = splitLines(oldText);
  const oldLines = rawLines.map(stripLineEnding);
  const newLines = splitLines(newText).map(stripLineEnding);
  const endsWithNewline = newText.endsWith("\n");
  const lineEnding = majorityLineEnding(oldText);
  const hunks = findHunks({ oldLines, newLines });
  const lastLine = oldLines.at(-1);
  const isAtEnd = hunks.at(-1)?.end === oldLines.length;
  if (lastLine !== undefined && !isAtEnd && endsWithNewline !== (lineEndingOf(oldText) !== "")) {
    hunks.push({ start: oldLines.length - 1, end: oldLines.length, lines: [lastLine] });
  }
  if (hunks.length === 0) return [];
  const context: HunkContext = { rawLines, oldText, lineEnding, endsWithNewline };
  const widened = widenUntilUnique({ hunks, context });
  const edits = widened.map((hunk) => renderHunk({ hunk, context }));
  const applied = applyInOrder({ text: oldText, edits });
  if (applied !== null && toUnixText(applied) === newText) return edits;
  return [{ oldText, newText: newLines.join(lineEnding) + (endsWithNewline ? lineEnding : "") }];
}

/** Text without a byte order mark, with `\n` line endings, as the editing functions expect it. */
export function toUnixText(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

/** The text after each edit replaced its single occurrence; null if a block does not occur exactly once. */
function applyInOrder({ text, edits }: { text: string; edits: TextEdit[] }): string | null {
  let current = text;
  for (const { oldText, newText } of edits) {
    const at = current.indexOf(oldText);
    if (oldText === "" || at === -1 || current.includes(oldText, at + 1)) return null;
    current = current.slice(0, at) + newText + current.slice(at + oldText.length);
  }
  return current;
}

type HunkContext = { rawLines: string[]; oldText: string; lineEnding: string; endsWithNewline: boolean };

function findHunks({ oldLines, newLines }: { oldLines: string[]; newLines: string[] }): Hunk[] {
  const hunks: Hunk[] = [];
  let position = 0;
  let current: Hunk | null = null;
  for (const part of diffArrays(oldLines, newLines)) {
    if (!part.added && !part.removed) {
      position += part.value.length;
      current = null;
      continue;
    }
    if (current === null) {
      current = { start: position, end: position, lines: [] };
      hunks.push(current);
    }
    if (part.removed) {
      position += part.value.length;
      current.end = position;
    } else {
      current.lines.push(...part.value);
    }
  }
  return hunks;
}

/** Extends blocks in both directions until each is unique, and joins blocks that meet. */
function widenUntilUnique({ hunks, context }: { hunks: Hunk[]; context: HunkContext }): Hunk[] {
  const { rawLines, oldText } = context;
  let current = hunks.map((hunk) =>
    hunk.start === hunk.end || hunk.lines.length === 0 ? widen({ hunk, rawLines, step: 0 }) : hunk,
  );
  for (let step = 0; step < rawLines.length * 2; step += 1) {
    current = joinMeeting({ hunks: current, rawLines });
    const isUnique = current.map(
      (hunk) =>
        countOccurrences({ text: oldText, part: trimLineEnding(rawLines.slice(hunk.start, hunk.end).join("")) }) === 1,
    );
    if (isUnique.every(Boolean)) return current;
    current = current.map((hunk, index) => (isUnique[index] === true ? hunk : widen({ hunk, rawLines, step })));
  }
  return current;
}

/** Adds one line: before on even steps, after on odd ones, or on the other side if there is none. */
function widen({ hunk, rawLines, step }: { hunk: Hunk; rawLines: string[]; step: number }): Hunk {
  const hasBefore = hunk.start > 0;
  const hasBehind = hunk.end < rawLines.length;
  if (hasBefore && (step % 2 === 0 || !hasBehind)) {
    return {
      start: hunk.start - 1,
      end: hunk.end,
      lines: [stripLineEnding(rawLines[hunk.start - 1] ?? ""), ...hunk.lines],
    };
  }
  if (hasBehind)
    return { start: hunk.start, end: hunk.end + 1, lines: [...hunk.lines, stripLineEnding(rawLines[hunk.end] ?? "")] };
  return hunk;
}

function joinMeeting({ hunks, rawLines }: { hunks: Hunk[]; rawLines: string[] }): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    if (last === undefined || hunk.start > last.end) {
      joined.push(hunk);
      continue;
    }
    const sharedCount = last.end - hunk.start;
    joined[joined.length - 1] = {
      start: last.start,
      end: hunk.end,
      lines: [...last.lines, ...hunk.lines.slice(sharedCount)],
    };
  }
  return rawLines.length === 0 ? [] : joined;
}

/** Excludes the block's final line ending, so that the edit does not depend on how the file ends. */
function renderHunk({ hunk, context }: { hunk: Hunk; context: HunkContext }): TextEdit {
  const { rawLines, lineEnding, endsWithNewline } = context;
  const raw = rawLines.slice(hunk.start, hunk.end);
  const endings = new Map(raw.map((line) => [stripLineEnding(line), lineEndingOf(line)]));
  const isAtEnd = hunk.end === rawLines.length;
  const newRaw = hunk.lines
    .map((line, index) => (index === hunk.lines.length - 1 ? line : `${line}${endings.get(line) || lineEnding}`))
    .join("");
  const oldRaw = raw.join("");
  const hadNewline = lineEndingOf(oldRaw) !== "";
  if (isAtEnd && hadNewline !== endsWithNewline)
    return { oldText: oldRaw, newText: newRaw + (endsWithNewline ? lineEnding : "") };
  return { oldText: trimLineEnding(oldRaw), newText: newRaw };
}

function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

function stripLineEnding(line: string): string {
  return line.replace(/(?:\r\n|\n|\r)$/, "");
}

function trimLineEnding(text: string): string {
  return stripLineEnding(text);
}

function lineEndingOf(text: string): string {
  return /(?:\r\n|\n|\r)$/.exec(text)?.[0] ?? "";
}

function majorityLineEnding(text: string): string {
  const windows = text.split("\r\n").length - 1;
  const unix = text.split("\n").length - 1 - windows;
  return windows > unix ? "\r\n" : "\n";
}

function countOccurrences({ text, part }: { text: string; part: string }): number {
  if (part === "") return Infinity;
  const first = text.indexOf(part);
  if (first === -1) return 0;
  return text.includes(part, first + 1) ? 2 : 1;
}
