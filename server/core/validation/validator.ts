import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/ledger.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
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

/** A text file that the candidate leaves as it was. */
export type UntouchedFile = { path: FilePath; text: string };

export type ValidationInput = {
  changedFiles: readonly ChangedFile[];
  deletedFiles: readonly DeletedFile[];
  /** Those that speak of a module that was deleted or moved; the others cannot break. */
  untouchedFiles: readonly UntouchedFile[];
  parent: FileTree;
  tree: FileTree;
  prompt: string;
  sourceParser: SourceParser;
};

/**
 * One rule. It looks at what changed and compares it with the parent: what the parent had already is not held against a
 * change.
 */
export type Validator = {
  name: string;
  /** False where nothing in the candidate is what the rule is about: then it is skipped, and finds nothing. */
  applies(input: ValidationInput): boolean;
  validate(input: ValidationInput): ValidationIssue[];
};
