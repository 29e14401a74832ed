import { countLineChanges } from "../../diff/count-line-changes.ts";
import { resolveNamedPath } from "../resolve-path.ts";
import { findEntry, knownPaths } from "../working-tree.ts";
import { readText, type OperationOf, type OperationResult, type Step } from "./operation-step.ts";
import { fileNotFound, findOutOfScope } from "./refusals.ts";

export function applyDelete({
  workingTree,
  contents,
  refuse,
  operation,
}: Step & { operation: OperationOf<"delete"> }): OperationResult {
  const parsed = resolveNamedPath({ text: operation.path, paths: knownPaths(workingTree) });
  if (parsed.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.path}: ${parsed.reason}` });
  const { path } = parsed;
  const before = findEntry({ workingTree, path });
  if (before === undefined) return refuse(fileNotFound({ named: operation.path, candidates: [] }));
  const refusal = findOutOfScope({ workingTree, path });
  if (refusal !== null) return refuse(refusal);
  const changes = new Map(workingTree.changes).set(path, { entry: null, origin: null, cause: "delete" });
  const { deletions } = countLineChanges({ before: readText({ entry: before, contents })?.text ?? "", after: "" });
  return { status: "applied", workingTree: { ...workingTree, changes }, path, additions: 0, deletions };
}
