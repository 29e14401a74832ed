import { resolveNamedPath } from "../resolve-path.ts";
import { findEntry, knownPaths } from "../working-tree.ts";
import type { OperationOf, OperationResult, Step } from "./operation-step.ts";
import { fileNotFound, findOutOfScope } from "./refusals.ts";

export function applyMove({
  workingTree,
  refuse,
  operation,
}: Step & { operation: OperationOf<"move"> }): OperationResult {
  const source = resolveNamedPath({ text: operation.source, paths: knownPaths(workingTree) });
  if (source.status === "invalid")
    return refuse({ code: "INVALID_PATH", message: `${operation.source}: ${source.reason}` });
  const destination = resolveNamedPath({ text: operation.destination, paths: knownPaths(workingTree) });
  if (destination.status === "invalid")
    return refuse({
      code: "INVALID_PATH",
      message: `${operation.destination}: ${destination.reason}`,
      path: operation.destination,
    });
  const entry = findEntry({ workingTree, path: source.path });
  if (entry === undefined) return refuse(fileNotFound({ named: operation.source, candidates: [] }));
  if (source.path === destination.path)
    return refuse({ code: "NO_CHANGE", message: `${source.path} would be moved onto itself.` });
  if (findEntry({ workingTree, path: destination.path }) !== undefined) {
    return refuse({
      code: "DESTINATION_EXISTS",
      message: `${destination.path} exists already. Delete it first, or choose another name.`,
      path: operation.destination,
    });
  }
  const refusal =
    findOutOfScope({ workingTree, path: source.path }) ?? findOutOfScope({ workingTree, path: destination.path });
  if (refusal !== null) return refuse(refusal);
  const known = workingTree.changes.get(source.path);
  const origin = known === undefined ? source.path : known.origin;
  const changes = new Map(workingTree.changes)
    .set(source.path, { entry: null, origin: null, cause: "move" })
    .set(destination.path, { entry, origin, cause: "move" });
  return {
    status: "applied",
    workingTree: { ...workingTree, changes },
    path: destination.path,
    additions: 0,
    deletions: 0,
  };
}
