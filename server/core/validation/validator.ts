import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/versions/ledger.ts";
import type { ValidationIssue, CheckName } from "#lib/contracts/versions/validation.ts";
import type { FileTree } from "../file-tree.ts";
import type { SourceParser } from "../syntax/source-parser.ts";

/** A text file that the candidate adds, changes or moves. */
export type ChangedFile = {
  path: FilePath;
  previousPath?: FilePath;
  before: string | null;
  after: string;
  cause: LedgerCause;
};

export type DeletedFile = { path: FilePath; before: string };

/** A changed file whose new content is not text; `before` is null if the parent had no text there. */
export type BinaryFile = { path: FilePath; before: string | null };

/** A proposed file that stays as in the parent. `before` is null if the parent has none, `proposed` for a deletion. */
export type LeftOutFile = { path: FilePath; before: string | null; proposed: string | null };

/** An unchanged text file of the candidate. */
export type UntouchedFile = { path: FilePath; text: string };

export type ValidationInput = {
  changedFiles: readonly ChangedFile[];
  deletedFiles: readonly DeletedFile[];
  binaryFiles: readonly BinaryFile[];
  /** Only those that mention a removed module or declaration; the others cannot break. */
  untouchedFiles: readonly UntouchedFile[];
  parent: FileTree;
  tree: FileTree;
  /** Proposed changes that the user rejects. */
  leftOut: readonly LeftOutFile[];
  prompt: string;
  sourceParser: SourceParser;
};

/**
 * A rule compares changed files with the parent. Problems that the parent already had do not count against a change.
 */
export type Validator = {
  name: CheckName;
  /** False if the rule does not apply to anything in the candidate: it is then skipped. */
  applies(input: ValidationInput): boolean;
  validate(input: ValidationInput): ValidationIssue[];
};
