import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { unreadable } from "./answer-text.ts";
import { findChangesInWords } from "./words/find-changes-in-words.ts";
import { ProjectPaths } from "./paths/project-paths.ts";
import { readAnswer } from "./read-answer.ts";
import { readNotDone } from "./read-not-done.ts";
import type { ParsedTextAnswer, ReadableProposal, TextProposal } from "./text-proposal.ts";

/**
 * Reads the answer of a model without tools by the grammar in docs/adr/0016: search/replace blocks and whole files in
 * fences, `<file>` tags, patch envelopes and unified diffs. Every change that the text proposes is in the result. One
 * that cannot be read without a guess is included with the reason.
 *
 * @param paths the project's paths, which distinguish a path from a word of prose
 * @param isCut the model reached its output limit
 */
export function parseTextAnswer({
  text,
  paths,
  isCut = false,
}: {
  text: string;
  paths: Iterable<string>;
  isCut?: boolean;
}): ParsedTextAnswer {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .split("\n");
  // The element after the last line ending is not a line.
  if (lines.at(-1) === "") lines.pop();
  const project = new ProjectPaths(paths);
  const { proposals: written, prose } = readAnswer({ lines, project, isCut });
  const all = [...written, ...findChangesInWords({ lines, prose, project })];
  const proposals = joinEdits(refuseRepeatedFiles({ lines, proposals: dropDoneCommands(all) }));
  return { proposals, prose, notDone: readNotDone(prose) };
}

/** A command or sentence that repeats what a block does has no further effect. */
function dropDoneCommands(proposals: readonly TextProposal[]): TextProposal[] {
  const done = new Set(
    proposals.flatMap((proposal) => {
      if (proposal.status === "unreadable" || proposal.operation.type === "edit") return [];
      const { operation } = proposal;
      return [operation.type === "move" ? operation.source : operation.path];
    }),
  );
  return proposals.filter(
    (proposal) =>
      proposal.status === "readable" ||
      proposal.kind !== "command" ||
      proposal.path === null ||
      !done.has(proposal.path),
  );
}

/**
 * If an answer has a whole file and also changes or another text for the same file, the whole file may be an example or
 * an output. The reader does not guess which.
 */
function refuseRepeatedFiles({
  lines,
  proposals,
}: {
  lines: readonly string[];
  proposals: readonly TextProposal[];
}): TextProposal[] {
  const edited = new Set<string>();
  const written = new Map<string, string>();
  return proposals.map((proposal) => {
    if (proposal.status === "unreadable") return proposal;
    const { operation } = proposal;
    if (operation.type === "edit") edited.add(operation.path);
    if (operation.type === "delete" || operation.type === "move") {
      const path = operation.type === "move" ? operation.source : operation.path;
      edited.delete(path);
      written.delete(path);
    }
    if (operation.type !== "write") return proposal;
    const { path, content } = operation;
    const isOther = edited.has(path) || (written.has(path) && written.get(path) !== content);
    if (!isOther) {
      written.set(path, content);
      return proposal;
    }
    return unreadable({
      lines,
      index: proposal.line - 1,
      kind: "repeated",
      path,
      reason: `The answer changes ${path}, and then holds another whole text for it.`,
      advice: "If that text is the file, send it again alone. If it is an example or an output, leave it out.",
    });
  });
}

/** Consecutive blocks for one file become one edit, so that all of them are located in the same text. */
function joinEdits(proposals: readonly TextProposal[]): TextProposal[] {
  const joined: TextProposal[] = [];
  const editsOf = new Map<ReadableProposal, Extract<ChangeOperation, { type: "edit" }>["edits"]>();
  for (const proposal of proposals) {
    const last = joined.at(-1);
    if (
      proposal.status === "readable" &&
      proposal.operation.type === "edit" &&
      last?.status === "readable" &&
      last.operation.type === "edit" &&
      last.operation.path === proposal.operation.path
    ) {
      const edits = editsOf.get(last);
      if (edits !== undefined) {
        edits.push(...proposal.operation.edits);
        continue;
      }
    }
    if (proposal.status === "readable" && proposal.operation.type === "edit") {
      const edits = [...proposal.operation.edits];
      const own: ReadableProposal = { ...proposal, operation: { ...proposal.operation, edits } };
      editsOf.set(own, edits);
      joined.push(own);
    } else joined.push(proposal);
  }
  return joined;
}
