import type { FileMode } from "./file-mode.ts";
import type { ContentHash, FilePath } from "../ids.ts";

export type Disposition = "kept" | "modified" | "added" | "deleted" | "moved";

/** The reason for a path's disposition: the operation that named it, or `unnamed` for kept paths. */
export type LedgerCause =
  | "unnamed"
  | "write"
  | "edit"
  | "delete"
  | "move"
  | "import"
  | "push"
  | "rollback"
  | "restore"
  | "merge"
  | "no-effect";

export type LedgerEntry = {
  path: FilePath;
  /** The parent's path of a moved file. */
  previousPath?: FilePath;
  disposition: Disposition;
  oldHash?: ContentHash;
  newHash?: ContentHash;
  /** The mode on the same side as the hash. Absent in ledgers stored before modes existed: a regular file. */
  oldMode?: FileMode;
  newMode?: FileMode;
  /** Lines; 0 for kept and binary files. */
  additions: number;
  deletions: number;
  cause: LedgerCause;
};

/** `total` counts the child's files: kept + modified + added + moved. */
export type LedgerCounts = {
  kept: number;
  modified: number;
  added: number;
  deleted: number;
  moved: number;
  total: number;
};
