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

/** A changed file whose new content is no text; `before` is null where the parent had none or no text there. */
export type BinaryFile = { path: FilePath; before: string | null };

/** A proposed file that stays as in the parent; `before` is null where the parent has none, `proposed` for a deletion. */
export type LeftOutFile = { path: FilePath; before: string | null; proposed: string | null };

/** A text file that the candidate leaves as it was. */
export type UntouchedFile = { path: FilePath; text: string };

export type ValidationInput = {
  changedFiles: readonly ChangedFile[];
  deletedFiles: readonly DeletedFile[];
  binaryFiles: readonly BinaryFile[];
  /** Those that speak of a module or a declaration that is gone; the others cannot break. */
  untouchedFiles: readonly UntouchedFile[];
  parent: FileTree;
  tree: FileTree;
  /** What the model proposed and the user does not take. */
  leftOut: readonly LeftOutFile[];
  prompt: string;
  sourceParser: SourceParser;
};

/**
 * One rule. It looks at what changed and compares it with the parent: what the parent had already is not held against a
 * change.
 */
export type Validator = {
  name: CheckName;
  /** False where nothing in the candidate is what the rule is about: then it is skipped, and finds nothing. */
  applies(input: ValidationInput): boolean;
  validate(input: ValidationInput): ValidationIssue[];
};
