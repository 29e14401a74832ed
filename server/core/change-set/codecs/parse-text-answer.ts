import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { unreadable } from "./answer-text.ts";
import { findChangesInWords } from "./find-changes-in-words.ts";
import { ProjectPaths } from "./paths/project-paths.ts";
import { readAnswer } from "./read-answer.ts";
import { readNotDone } from "./read-not-done.ts";
import type { ParsedTextAnswer, ReadableProposal, TextProposal } from "./text-proposal.ts";

/**
 * Reads the answer of a model without tools by the grammar in docs/adr/0016: search/replace blocks and whole files in
 * fences, `<file>` tags, the patch envelope and unified diffs. Every change that the text proposes is in the result;
 * what cannot be read without a guess is in it with the reason.
 *
 * @param paths the paths of the project, which tell a path from a word of prose
 * @param isCut the model ran out of output
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
  // The item after the last line ending is no line.
  if (lines.at(-1) === "") lines.pop();
  const project = new ProjectPaths(paths);
  const { proposals, prose } = readAnswer({ lines, project, isCut });
  const all = [...proposals, ...findChangesInWords({ lines, prose, project })];
  const settled = joinEdits(refuseRepeatedFiles({ lines, proposals: dropDoneCommands(all) }));
  return { proposals: settled, prose, notDone: readNotDone(prose) };
}

/** A command or a sentence beside the block that does the same asks for nothing more. */
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
 * A whole file over changes of the same file, or over another text of it, in one answer is an example or an output as
 * often as a change: it is not guessed which.
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

/** Blocks that follow each other on one file are one edit, so that all of them are located in the same text. */
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
