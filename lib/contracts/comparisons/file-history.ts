import type { GenerationKind } from "../versions/generation-kind.ts";
import type { ContentHash, FilePath, GenerationId } from "../ids.ts";
import type { Disposition } from "../versions/ledger.ts";

/** One version that changed a file, on the way from the version that is looked at back to where the file began. */
export type FileRevision = {
  generationId: GenerationId;
  version: number;
  kind: GenerationKind;
  author: "user" | "model";
  prompt: string | null;
  createdAt: string;
  /** The file's path in this version; `previousPath` where this version moved it. */
  path: FilePath;
  previousPath: FilePath | null;
  disposition: Exclude<Disposition, "kept" | "deleted">;
  contentHash: ContentHash;
  additions: number;
  deletions: number;
};

/** Newest first. `isComplete` is false where there are more than are followed. */
export type FileHistoryOutput = { revisions: FileRevision[]; isComplete: boolean };

/**
 * Which version each line is from: ranges in order, without gaps. `revisionIndex` points into `revisions`. Where the
 * history is not complete, lines older than its end are given to its oldest revision.
 */
export type FileBlameOutput = FileHistoryOutput & {
  text: string;
  ranges: { startLine: number; lineCount: number; revisionIndex: number }[];
};

/** A version by its id and its number. */
type VersionName = { generationId: GenerationId; version: number };

/**
 * Where a file is that a version does not have. `removedIn` is the version on its way back that deleted or moved it;
 * `lastIn` the last one that has the file at that path: the one before, or, where none on the way had it, the newest of
 * the project. Null: none.
 */
export type FileLocationOutput = {
  removedIn: (VersionName & { movedTo: FilePath | null }) | null;
  lastIn: VersionName | null;
};
