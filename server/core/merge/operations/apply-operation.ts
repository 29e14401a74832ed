import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { FileContents } from "../../file-tree.ts";
import { findUnwritableText } from "../find-unwritable-text.ts";
import { resolveExistingPath, resolveNamedPath } from "../resolve-path.ts";
import { findEntry, knownPaths, type WorkingTree } from "../working-tree.ts";
import { applyDelete } from "./apply-delete.ts";
import { applyEdit } from "./apply-edit.ts";
import { applyMove } from "./apply-move.ts";
import { applyWrite } from "./apply-write.ts";
import type { OperationResult, Refuse, Step } from "./operation-step.ts";

/** The parent contents that `applyOperation` reads: callers load them first. */
export function hashesNeededBy({
  workingTree,
  operation,
}: {
  workingTree: WorkingTree;
  operation: ChangeOperation;
}): ContentHash[] {
  const named = operation.type === "move" ? operation.source : operation.path;
  const resolve = operation.type === "edit" ? resolveExistingPath : resolveNamedPath;
  const resolved = resolve({ text: named, paths: knownPaths(workingTree) });
  const entry = resolved.status === "valid" ? findEntry({ workingTree, path: resolved.path }) : undefined;
  return entry === undefined || workingTree.newContents.has(entry.contentHash) ? [] : [entry.contentHash];
}

/** Applies one operation, or says why not. Failures are values; a failed operation changes nothing. */
export function applyOperation({
  workingTree,
  operation,
  operationIndex,
  contents,
}: {
  workingTree: WorkingTree;
  operation: ChangeOperation;
  operationIndex: number;
  contents: FileContents;
}): OperationResult {
  const named = operation.type === "move" ? operation.source : operation.path;
  const refuse: Refuse = ({ code, message, report, editIndex, path }) => ({
    status: "failed",
    failures: [
      {
        code,
        path: path ?? named,
        operationIndex,
        message,
        report: report ?? message,
        ...(editIndex === undefined ? {} : { editIndex }),
      },
    ],
  });
  const unwritable = findUnwritableText(operation);
  if (unwritable !== null) return refuse({ code: "NOT_TEXT", message: `${named} would hold ${unwritable}.` });
  const step: Step = { workingTree, contents: new Map([...contents, ...workingTree.newContents]), refuse };
  switch (operation.type) {
    case "write":
      return applyWrite({ ...step, operation });
    case "edit":
      return applyEdit({ ...step, operation });
    case "delete":
      return applyDelete({ ...step, operation });
    case "move":
      return applyMove({ ...step, operation });
  }
}
