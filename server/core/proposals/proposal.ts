import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { ProposalRow } from "#lib/contracts/runs/proposal.ts";

/** A change as the model sent it, readable or not. */
export type Proposal = {
  source: ProposalRow["source"];
  /** The tool's name, or the kind of block. */
  name: string;
  /** What it would do to its file; null if that is unknown. */
  type: FileOperation | null;
  /** The paths that it names, resolved if they name files. Empty if none could be read. */
  paths: readonly string[];
  /** Null if it could not be read as an operation. */
  operation: ChangeOperation | null;
  /** Text that it would write to a file, if that is known without the file's content. */
  content?: string | undefined;
  /** All of its text if it is not an operation; absent if the text is incomplete. */
  sent?: string | undefined;
};

/** The files of an operation: its own, or both ends of a move. */
export function listNamedPaths(operation: ChangeOperation): string[] {
  return operation.type === "move" ? [operation.source, operation.destination] : [operation.path];
}
