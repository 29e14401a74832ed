import type { GenerationKind } from "../versions/generation-kind.ts";
import type { ContentHash, FilePath, GenerationId } from "../ids.ts";
import type { Disposition } from "../versions/ledger.ts";

/** One version that changed a file, between the requested version and the file's creation. */
export type FileRevision = {
  generationId: GenerationId;
  version: number;
  kind: GenerationKind;
  author: "user" | "model";
  prompt: string | null;
  createdAt: string;
  /** The file's path in this version. `previousPath` is set if this version moved it. */
  path: FilePath;
  previousPath: FilePath | null;
  disposition: Exclude<Disposition, "kept" | "deleted">;
  contentHash: ContentHash;
  additions: number;
  deletions: number;
};

/** Newest first. `isComplete` is false if the history is longer than the server follows. */
export type FileHistoryOutput = { revisions: FileRevision[]; isComplete: boolean };

/**
 * The version that each line comes from: ranges in order, without gaps. `revisionIndex` points into `revisions`. If the
 * history is incomplete, older lines are attributed to its oldest revision.
 */
export type FileBlameOutput = FileHistoryOutput & {
  text: string;
  ranges: { startLine: number; lineCount: number; revisionIndex: number }[];
};

type VersionName = { generationId: GenerationId; version: number };

/**
 * Where to find a file that a version does not have. `removedIn` is the ancestor that deleted or moved it. `lastIn` is
 * the last version that has the file at that path: the one before `removedIn`, or the newest of the project if no
 * ancestor had it. Null if no version has it.
 */
export type FileLocationOutput = {
  removedIn: (VersionName & { movedTo: FilePath | null }) | null;
  lastIn: VersionName | null;
};
