import type { ChangeOperation, ChangeSet } from "#lib/contracts/change-set.ts";
import { parsePatchEnvelope } from "./apply-patch.ts";
import { parseSearchReplace } from "./search-replace.ts";

/** `truncated` holds the operations that were complete before the cut. */
export type ParsedTextAnswer =
  | { status: "parsed"; changeSet: ChangeSet; summary: string }
  | { status: "truncated"; changeSet: ChangeSet; reason: string }
  | { status: "unreadable"; reason: string }
  | { status: "empty"; prose: string };

/** What a reader of one format gives: operations in order, the prose around them, and why the rest could not be read. */
export type ReadBlocks = {
  operations: ChangeOperation[];
  prose: string;
  problem: { kind: "truncated" | "unreadable"; reason: string } | null;
};

/**
 * Reads the answer of a model without tools: search/replace blocks and whole files in fences, or the patch envelope.
 * What is not closed is cut off; nothing in it is used. What cannot be read is said, never guessed at.
 */
export function parseTextAnswer(text: string): ParsedTextAnswer {
  const normalized = text.replaceAll("\r\n", "\n");
  const read = /^\*\*\* Begin Patch\s*$/m.test(normalized) ? readBoth(normalized) : parseSearchReplace(normalized);
  const changeSet = { operations: joinEdits(read.operations) };
  if (read.problem?.kind === "truncated") return { status: "truncated", changeSet, reason: read.problem.reason };
  if (read.problem !== null) return { status: "unreadable", reason: read.problem.reason };
  return changeSet.operations.length === 0
    ? { status: "empty", prose: read.prose.trim() }
    : { status: "parsed", changeSet, summary: read.prose.trim() };
}

/** An answer may hold envelopes and blocks one behind the other. */
function readBoth(text: string): ReadBlocks {
  const begin = /^(?:```[^\n]*\n)?\*\*\* Begin Patch\s*$/m.exec(text);
  if (begin === null) return parseSearchReplace(text);
  const before = parseSearchReplace(text.slice(0, begin.index));
  const { result, rest } = parsePatchEnvelope(text.slice(text.indexOf("*** Begin Patch", begin.index)));
  const behind =
    result.problem === null
      ? readBoth(rest.replace(/^\s*```[ \t]*(?:\n|$)/, ""))
      : { operations: [], prose: "", problem: null };
  return {
    operations: [...before.operations, ...result.operations, ...behind.operations],
    prose: [before.prose, behind.prose].filter((part) => part.trim() !== "").join("\n"),
    problem: before.problem ?? result.problem ?? behind.problem,
  };
}

/** Blocks that follow each other on one file are one edit, so that all of them are located in the same text. */
function joinEdits(operations: ChangeOperation[]): ChangeOperation[] {
  const joined: ChangeOperation[] = [];
  for (const operation of operations) {
    const last = joined.at(-1);
    if (operation.type === "edit" && last?.type === "edit" && last.path === operation.path)
      joined[joined.length - 1] = { ...last, edits: [...last.edits, ...operation.edits] };
    else joined.push(operation);
  }
  return joined;
}
