import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { OperationFailure, OperationFailureCode } from "../../change-set/operation-failure.ts";
import type { SkippedEdit } from "../../edits/skipped-edit.ts";
import type { FileContents, FileEntry } from "../../file-tree.ts";
import { readEncodedText, type EncodedText } from "../../text-encoding.ts";
import type { WorkingTree } from "../working-tree.ts";

export type AppliedOperation = {
  status: "applied";
  workingTree: WorkingTree;
  path: FilePath;
  additions: number;
  deletions: number;
  /** Blocks of an edit that had no effect and were skipped. */
  skipped?: readonly SkippedEdit[];
};

export type OperationResult = AppliedOperation | { status: "failed"; failures: OperationFailure[] };

export type Refuse = (failure: {
  code: OperationFailureCode;
  message: string;
  report?: string;
  editIndex?: number;
  path?: string;
}) => OperationResult;
export type Step = { workingTree: WorkingTree; contents: FileContents; refuse: Refuse };
export type OperationOf<Type extends ChangeOperation["type"]> = Extract<ChangeOperation, { type: Type }>;

export function readText({
  entry,
  contents,
}: {
  entry: FileEntry | undefined;
  contents: FileContents;
}): EncodedText | null {
  const bytes = entry === undefined ? undefined : contents.get(entry.contentHash);
  return bytes === undefined ? null : readEncodedText(bytes);
}
