import type { TextEdit } from "#lib/contracts/runs/change-set.ts";
import { advice, joinLines, unreadable, type ReadPart } from "../answer-text.ts";
import type { PathSource, TextProposal, UnreadableProposal } from "../text-proposal.ts";

const searchMarker = /^\s*(?:<{5,9}|-{5,9}) ?SEARCH>?\s*$/;
const divider = /^\s*={5,9}\s*$/;
const replaceMarker = /^\s*(?:>{5,9}|\+{5,9}) ?REPLACE\s*$/;
/** Some models print the position before the lines: `:start_line:12`, then a rule of hyphens. */
const placeLine = /^:(start|end)_line:\s*(\d+)\s*$/;

export function isSearchMarker(line: string): boolean {
  return searchMarker.test(line);
}

export function isReplaceMarker(line: string): boolean {
  return replaceMarker.test(line);
}

/**
 * Reads consecutive blocks from a SEARCH line up to line `limit`. A marker inside a block's content looks like a real
 * one: such a block is unreadable, and so is what follows, because the block's end is unknown. Blank lines between
 * blocks are allowed.
 */
export function readBlocks({
  lines,
  index,
  limit = lines.length,
  path,
  source,
}: {
  lines: readonly string[];
  index: number;
  limit?: number;
  path: string;
  source: PathSource;
}): ReadPart & { isBroken: boolean } {
  const proposals: TextProposal[] = [];
  let next = index;
  for (let cursor = index; cursor < limit; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (line.trim() === "") continue;
    if (!searchMarker.test(line)) break;
    const block = readBlock({ lines, index: cursor, limit, path });
    if (block.status === "unreadable") return { proposals: [...proposals, block], next: cursor, isBroken: true };
    const operation = { type: "edit" as const, path, edits: [block.edit] };
    proposals.push({ status: "readable", operation, pathSource: source, line: cursor + 1 });
    cursor = block.end;
    next = block.end + 1;
  }
  return { proposals, next, isBroken: false };
}

type Block = { status: "read"; edit: TextEdit; end: number } | UnreadableProposal;

function readBlock({
  lines,
  index,
  limit,
  path,
}: {
  lines: readonly string[];
  index: number;
  limit: number;
  path: string;
}): Block {
  const refuse = (reason: string) =>
    unreadable({ lines, index, kind: "ambiguous", path, reason, advice: advice.blocks });
  let nearLine: number | undefined;
  let start = index + 1;
  for (let place = placeLine.exec(lines[start] ?? ""); place !== null; place = placeLine.exec(lines[start] ?? "")) {
    if (place[1] === "start") nearLine = Math.max(1, Number(place[2]));
    start += 1;
    if (/^-{5,9}\s*$/.test(lines[start] ?? "")) start += 1;
  }
  let middle = -1;
  for (let cursor = start; cursor < limit; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (searchMarker.test(line)) return refuse(`The block in line ${index + 1} holds another SEARCH marker.`);
    if (divider.test(line)) {
      if (middle !== -1)
        return refuse(
          `The block in line ${index + 1} holds two dividers, so it is not clear where REPLACE begins. Use another block that does not hold such a line.`,
        );
      middle = cursor;
    } else if (replaceMarker.test(line)) {
      if (middle === -1) return refuse(`The block in line ${index + 1} has no divider.`);
      const edit = {
        oldText: joinLines(lines.slice(start, middle)),
        newText: joinLines(lines.slice(middle + 1, cursor)),
        isWholeLines: true,
        ...(nearLine === undefined ? {} : { nearLine }),
      };
      return { status: "read", edit, end: cursor };
    }
  }
  return unreadable({
    lines,
    index,
    kind: "cut",
    path,
    reason: `The block in line ${index + 1} is not closed.`,
    advice: advice.again,
  });
}
