import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { advice, joinLines, unreadable, type ReadPart } from "../answer-text.ts";
import { isSameFile } from "../paths/choose-block-path.ts";
import { readHunks } from "./hunks.ts";
import type { TextProposal } from "../text-proposal.ts";

const begin = /^(\s*)\*\*\* Begin Patch\s*$/;
const end = /^\*\*\* End Patch\s*$/;
const header = /^\*\*\* (Add|Update|Delete) File: *(.+?)\s*$/;
const moveHeader = /^\*\*\* Move to: *(.+?)\s*$/;
const anyHeader = /^\*\*\* (?!End of File|Move to:)\S/;

/** The first line of an envelope. */
export function isEnvelopeBegin(line: string): boolean {
  return begin.test(line);
}

/** A line that starts an envelope; a section without the begin line also counts. */
export function isEnvelopeStart(line: string): boolean {
  return begin.test(line) || header.test(line);
}

/**
 * Reads the `*** Begin Patch` envelope from line `index`. Each section is a separate proposal, and a hunk becomes a
 * search/replace block. Without an end line the last section may be truncated and is not used. If `path` is given, the
 * text names that file for the whole envelope, so sections of other files are not certain.
 */
export function readPatchEnvelope({
  lines,
  index,
  limit = lines.length,
  path = null,
}: {
  lines: readonly string[];
  index: number;
  limit?: number;
  path?: string | null;
}): ReadPart {
  const start = begin.test(lines[index] ?? "") ? index + 1 : index;
  const { last, isEnded } = findEnvelopeEnd({ lines, start, limit });
  const body = straighten({ lines: lines.slice(start, last), begin: lines[index] ?? "" });
  const proposals: TextProposal[] = [];
  let cursor = 0;
  while (cursor < body.length) {
    const line = body[cursor] ?? "";
    if (line.trim() === "") {
      cursor += 1;
      continue;
    }
    const sectionEnd = findSectionEnd({ body, index: cursor + 1 });
    const isLast = sectionEnd === body.length;
    const section = body.slice(cursor, sectionEnd);
    if (isLast && !isEnded) proposals.push(cutSection({ lines, index: start + cursor, section }));
    else proposals.push(...readSection({ lines, index: start + cursor, section }));
    cursor = sectionEnd;
  }
  if (proposals.length === 0) proposals.push(emptyEnvelope({ lines, index, isEnded }));
  const next = isEnded ? last + 1 : last;
  if (path === null || proposals.every((proposal) => isOf({ proposal, path }))) return { proposals, next };
  const reason = `The text names ${path}, and the patch under it names other files.`;
  return { proposals: [unreadable({ lines, index, kind: "ambiguous", path, reason, advice: advice.again })], next };
}

function isOf({ proposal, path }: { proposal: TextProposal; path: string }): boolean {
  if (proposal.status === "unreadable") return proposal.path === null || isSameFile(proposal.path, path);
  const { operation } = proposal;
  return isSameFile(operation.type === "move" ? operation.source : operation.path, path);
}

/**
 * The index of the end line, or the line at which an envelope without one stops: the start of the next envelope, or the
 * limit.
 */
function findEnvelopeEnd({ lines, start, limit }: { lines: readonly string[]; start: number; limit: number }): {
  last: number;
  isEnded: boolean;
} {
  let indented = -1;
  for (let cursor = start; cursor < limit; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (end.test(line)) return { last: cursor, isEnded: true };
    if (begin.test(line)) return indented === -1 ? { last: cursor, isEnded: false } : { last: indented, isEnded: true };
    if (/^\s+\*\*\* End Patch\s*$/.test(line)) indented = cursor;
    // Every line inside an envelope starts with a marker, so a bare fence line closes the surrounding fence.
    if (/^(?:`{3,}|~{3,})\s*$/.test(line))
      return indented === -1 ? { last: cursor, isEnded: false } : { last: indented, isEnded: true };
  }
  return indented === -1 ? { last: limit, isEnded: false } : { last: indented, isEnded: true };
}

/**
 * Removes indentation before markers: from all lines if the whole envelope is indented, and from headers if no header
 * starts at column 0. Otherwise a leading space makes a line context.
 */
function straighten({ lines, begin: first }: { lines: readonly string[]; begin: string }): string[] {
  const indent = /^\s*/.exec(first)?.[0] ?? "";
  if (indent !== "" && lines.every((line) => line.trim() === "" || line.startsWith(indent)))
    return lines.map((line) => line.slice(indent.length));
  if (lines.some((line) => header.test(line))) return [...lines];
  return lines.map((line) => (/^\s+(?:\*\*\* |@@)/.test(line) ? line.trimStart() : line));
}

function findSectionEnd({ body, index }: { body: readonly string[]; index: number }): number {
  let cursor = index;
  while (cursor < body.length && !anyHeader.test(body[cursor] ?? "")) cursor += 1;
  return cursor;
}

type Section = { lines: readonly string[]; index: number; section: readonly string[] };

function readSection({ lines, index, section }: Section): TextProposal[] {
  const [first = "", ...rest] = section;
  const [, kind, rawPath] = header.exec(first) ?? [];
  if (kind === undefined || rawPath === undefined)
    return [
      unreadable({
        lines,
        index,
        kind: "form",
        reason: `${JSON.stringify(first.trim().slice(0, 100))} is no section of a patch.`,
        advice: "Use *** Add File, *** Update File, *** Delete File, and *** Move to under *** Update File.",
      }),
    ];
  const path = rawPath.replace(/^[`"']|[`"']$/g, "");
  const operations = readOperations({ kind, path, body: rest });
  if (typeof operations === "string")
    return [unreadable({ lines, index, kind: "form", path, reason: operations, advice: advice.again })];
  return operations.map((operation) => ({ status: "readable", operation, pathSource: "header", line: index + 1 }));
}

function readOperations({
  kind,
  path,
  body,
}: {
  kind: string;
  path: string;
  body: readonly string[];
}): ChangeOperation[] | string {
  if (kind === "Delete") {
    const wrong = body.find((line) => line.trim() !== "" && !line.startsWith("-"));
    return wrong === undefined
      ? [{ type: "delete", path }]
      : `After the deletion of ${path} the patch goes on with ${JSON.stringify(wrong.slice(0, 100))}.`;
  }
  if (kind === "Add") {
    const content = dropBlankEnd(body);
    const wrong = content.find((line) => !line.startsWith("+"));
    return wrong === undefined
      ? [{ type: "write", path, content: joinLines(content.map((line) => line.slice(1))) }]
      : `A line of the new file ${path} does not begin with +: ${JSON.stringify(wrong.slice(0, 100))}.`;
  }
  const destination = moveHeader.exec(body[0] ?? "")?.[1];
  const edits = readHunks(destination === undefined ? body : body.slice(1));
  if (typeof edits === "string") return `${path}: ${edits}`;
  const operations: ChangeOperation[] = edits.length === 0 ? [] : [{ type: "edit", path, edits }];
  if (destination !== undefined) operations.push({ type: "move", source: path, destination });
  return operations.length === 0 ? `The section of ${path} changes nothing.` : operations;
}

function dropBlankEnd(lines: readonly string[]): readonly string[] {
  let length = lines.length;
  while (length > 0 && lines[length - 1]?.trim() === "") length -= 1;
  return lines.slice(0, length);
}

function cutSection({ lines, index, section }: Section): TextProposal {
  return unreadable({
    lines,
    index,
    kind: "cut",
    path: header.exec(section[0] ?? "")?.[2],
    reason: "The patch has no *** End Patch line, so its last section may not be complete.",
    advice: "Send this section again in an envelope with *** Begin Patch and *** End Patch.",
  });
}

function emptyEnvelope({
  lines,
  index,
  isEnded,
}: {
  lines: readonly string[];
  index: number;
  isEnded: boolean;
}): TextProposal {
  return unreadable({
    lines,
    index,
    kind: isEnded ? "form" : "cut",
    reason: isEnded ? "The patch has no section." : "The patch has no *** End Patch line.",
    advice: advice.again,
  });
}
