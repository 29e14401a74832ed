import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { ProposalRow } from "#lib/contracts/runs/proposal.ts";

/** A change as the model sent it, whether or not it could be read. */
export type Proposal = {
  source: ProposalRow["source"];
  /** The tool's name, or what kind of block it was. */
  name: string;
  /** What it would do to its file; null where that could not be read. */
  type: FileOperation | null;
  /** The paths that it names, resolved where they name files. Empty where none could be read. */
  paths: readonly string[];
  /** Null where it could not be read as an operation. */
  operation: ChangeOperation | null;
  /** Text that it holds for a file, where that could be read without knowing the file. */
  content?: string | undefined;
  /** All of it as it was sent, where it is no operation; absent where it is not known whole. */
  sent?: string | undefined;
};

/** The files that an operation is about: its own, or both ends of a move. */
export function listNamedPaths(operation: ChangeOperation): string[] {
  return operation.type === "move" ? [operation.source, operation.destination] : [operation.path];
}
