import type { ChangeOperation, TextEdit } from "#lib/contracts/runs/change-set.ts";
import type { OperationFailure, OperationFailureCode } from "../change-set/operation-failure.ts";
import type { Proposal } from "./proposal.ts";

/** A proposal that was not applied, and the part of it that is still missing. */
export type OpenProposal = {
  proposal: Proposal;
  failures: readonly OperationFailure[];
  /** Blocks of an edit that no later change has achieved. Null for every other proposal. */
  missingEdits: readonly TextEdit[] | null;
};

/** The path itself was wrong: the correction has another path. */
const pathCodes: ReadonlySet<OperationFailureCode> = new Set([
  "FILE_NOT_FOUND",
  "INVALID_PATH",
  "PATH_COLLISION",
  "DESTINATION_EXISTS",
]);

/** The share of a change's words that its correction also has. */
const sharedShare = 0.5;

/**
 * What is still missing of an open proposal after a later change was applied; null if nothing is. A change of the same
 * file alone is no evidence: an unrelated edit would hide a missing one. So the later change must achieve what the open
 * one wanted: add or remove a block's words, or write the whole file.
 */
export function findMissingAfter({ open, later }: { open: OpenProposal; later: Proposal }): OpenProposal | null {
  const { proposal, failures } = open;
  if (isNotDone(open)) return open;
  if (proposal.paths.length === 0 || later.operation === null) return coversUnplaced({ open, later }) ? null : open;
  const isSamePlace = proposal.paths.some((path) => later.paths.includes(path));
  const isOtherPlace = !isSamePlace && failures.some(({ code }) => pathCodes.has(code));
  if (!isSamePlace && !(isOtherPlace && isCorrectedPath({ open, later }))) return open;
  if (open.missingEdits === null || later.operation.type !== "edit")
    return coversWhole({ wanted: proposal, later: later.operation }) ? null : open;
  const { edits } = later.operation;
  const missingEdits = open.missingEdits.filter((wanted) => !edits.some((edit) => coversEdit({ wanted, edit })));
  return missingEdits.length === 0 ? null : { ...open, missingEdits };
}

/** Whether a change that also failed asks for everything that an earlier one still misses. */
export function supersedes({ open, later }: { open: OpenProposal; later: Proposal }): boolean {
  const { proposal } = open;
  if (isNotDone(open)) return later.name === proposal.name && later.content === proposal.content;
  if (later.operation !== null) return findMissingAfter({ open, later }) === null;
  return (
    proposal.operation === null &&
    proposal.type === later.type &&
    proposal.paths.length === later.paths.length &&
    proposal.paths.every((path) => later.paths.includes(path))
  );
}

/** A part of the request that the model said it did not do. It names no change that another one could achieve. */
function isNotDone({ failures }: OpenProposal): boolean {
  return failures.some(({ code }) => code === "NOT_DONE");
}

/** Without a path, the text is compared; if there is none either, any change of the same kind counts. */
function coversUnplaced({ open: { proposal }, later }: { open: OpenProposal; later: Proposal }): boolean {
  if (later.operation === null) return false;
  if (proposal.content !== undefined && proposal.content.trim() !== "")
    return sharesWords({ wanted: words(proposal.content), given: words(bringsText(later.operation)) });
  return proposal.type === null || proposal.type === later.type || replaces(proposal.type, later.type);
}

function replaces(wanted: Proposal["type"], given: Proposal["type"]): boolean {
  return (wanted === "edit" && given === "write") || (wanted === "write" && given === "edit");
}

/** A change under another path is the same if its file name or its text is. */
function isCorrectedPath({ open: { proposal }, later }: { open: OpenProposal; later: Proposal }): boolean {
  if (proposal.type !== later.type) return false;
  const names = proposal.paths.map(baseName);
  if (later.paths.some((path) => names.includes(baseName(path)))) return true;
  const { operation: wanted } = proposal;
  const { operation: given } = later;
  if (wanted?.type === "write" && given?.type === "write") return wanted.content === given.content;
  if (wanted?.type === "edit" && given?.type === "edit")
    return wanted.edits.every(({ oldText, newText }) =>
      given.edits.some((edit) => edit.oldText === oldText && edit.newText === newText),
    );
  return false;
}

/** Whether a change of the same file achieves a proposal that is not an edit or was unreadable. */
function coversWhole({ wanted, later }: { wanted: Proposal; later: ChangeOperation }): boolean {
  const content = wanted.operation?.type === "write" ? wanted.operation.content : wanted.content;
  // After a refused whole-file write, the model is asked for edits of the changed parts.
  if (content !== undefined && later.type === "edit") {
    const written = words(content);
    return later.edits.some(({ oldText, newText }) =>
      sharesWords({ wanted: without(words(newText), words(oldText)), given: written }),
    );
  }
  if (wanted.type === "delete") return later.type === "delete" || later.type === "move";
  if (wanted.type === "move") return later.type !== "edit";
  return true;
}

function coversEdit({ wanted, edit }: { wanted: TextEdit; edit: TextEdit }): boolean {
  if (wanted.oldText === edit.oldText && wanted.newText === edit.newText) return true;
  const added = without(words(wanted.newText), words(wanted.oldText));
  if (added.size > 0) return sharesWords({ wanted: added, given: words(edit.newText) });
  const removed = without(words(wanted.oldText), words(wanted.newText));
  if (removed.size > 0)
    return sharesWords({ wanted: removed, given: without(words(edit.oldText), words(edit.newText)) });
  return sharesWords({ wanted: words(wanted.newText), given: words(edit.newText) });
}

function bringsText(operation: ChangeOperation): string {
  if (operation.type === "write") return operation.content;
  return operation.type === "edit" ? operation.edits.map(({ newText }) => newText).join("\n") : "";
}

function sharesWords({ wanted, given }: { wanted: ReadonlySet<string>; given: ReadonlySet<string> }): boolean {
  if (wanted.size === 0) return true;
  let shared = 0;
  for (const word of wanted) if (given.has(word)) shared += 1;
  return shared >= wanted.size * sharedShare;
}

/** Names, numbers and single punctuation characters. */
function words(text: string): Set<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? []);
}

function without(words: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...words].filter((word) => !others.has(word)));
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
