import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import { parsePatchEnvelope } from "./apply-patch.ts";
import { parseSearchReplace } from "./search-replace.ts";
import type { ParsedTextAnswer, TextProposal } from "./text-proposal.ts";

/** What a reader of one format gives: operations in order, the prose around them, and why the rest could not be read. */
export type ReadBlocks = {
  operations: ChangeOperation[];
  prose: string;
  problem: { kind: "truncated" | "unreadable"; reason: string } | null;
};

/**
 * Reads the answer of a model without tools: search/replace blocks and whole files in fences, or the patch envelope.
 * What is not closed is cut off; nothing in it is used. What cannot be read is said, never guessed at.
 *
 * @param paths the paths of the project, which tell a path from a word of prose
 */
export function parseTextAnswer({ text }: { text: string; paths: Iterable<string> }): ParsedTextAnswer {
  const normalized = text.replaceAll("\r\n", "\n");
  const read = /^\*\*\* Begin Patch\s*$/m.test(normalized) ? readBoth(normalized) : parseSearchReplace(normalized);
  const proposals: TextProposal[] = joinEdits(read.operations).map((operation) => ({
    status: "readable",
    operation,
    pathSource: "line",
    isExampleLike: false,
    line: 1,
  }));
  if (read.problem !== null)
    proposals.push({
      status: "unreadable",
      kind: read.problem.kind === "truncated" ? "cut" : "ambiguous",
      path: null,
      line: 1,
      excerpt: "",
      reason: read.problem.reason,
      advice: "Send it again, complete.",
    });
  return { proposals, prose: read.prose.trim() };
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
