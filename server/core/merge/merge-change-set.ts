import type { ChangeSet } from "#lib/contracts/runs/change-set.ts";
import type { LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { OperationFailure, OperationFailureCode } from "../change-set/operation-failure.ts";
import type { FileContents, FileTree } from "../file-tree.ts";
import { findTreeFault, type TreeFault } from "../find-tree-fault.ts";
import { buildLedger } from "../ledger/build-ledger.ts";
import { applyOperation } from "./operations/apply-operation.ts";
import { buildTree, type WorkingTree } from "./working-tree.ts";

export type MergedCandidate = {
  /** The working tree that led to it, so that a run can continue from it. */
  workingTree: WorkingTree;
  /** The complete child, sorted by path. */
  tree: FileTree;
  /** Contents of the child that the parent does not have. */
  newContents: FileContents;
  changes: LedgerEntry[];
  counts: LedgerCounts;
};

type MergeChangeSetResult =
  | { status: "merged"; candidate: MergedCandidate }
  | { status: "rejected"; failures: OperationFailure[] };

/**
 * Applies a change set to a parent, which gives the complete child or nothing: one failed operation rejects the set,
 * and so does a result that violates the tree law. Collisions are checked on the final tree, because a directory may be
 * renamed file by file. Paths that no operation names keep the parent's entry, byte for byte. `start` is the parent as
 * returned by `openWorkingTree`, or the state that a run continues from. `parentContents` contains what
 * `findParentHashesNeeded` lists.
 */
export function mergeChangeSet({
  start,
  parentContents,
  changeSet,
}: {
  start: WorkingTree;
  parentContents: FileContents;
  changeSet: ChangeSet;
}): MergeChangeSetResult {
  let workingTree = start;
  const failures: OperationFailure[] = [];
  for (const [operationIndex, operation] of changeSet.operations.entries()) {
    const result = applyOperation({ workingTree, operation, operationIndex, contents: parentContents });
    if (result.status === "applied") workingTree = result.workingTree;
    else failures.push(...result.failures);
  }
  if (failures.length > 0) return { status: "rejected", failures };
  const tree = buildTree(workingTree);
  const contents = new Map([...parentContents, ...workingTree.newContents]);
  const fault = findTreeFault({ parent: start.parent, tree, changedPaths: workingTree.changes.keys(), contents });
  if (fault !== null) return { status: "rejected", failures: [toFailure({ fault, changeSet })] };
  const used = new Set([...workingTree.changes.values()].map(({ entry }) => entry?.contentHash));
  const newContents = new Map([...workingTree.newContents].filter(([hash]) => used.has(hash)));
  return {
    status: "merged",
    candidate: {
      workingTree,
      tree,
      newContents,
      ...buildLedger({ workingTree, tree, contents }),
    },
  };
}

const codes: Record<TreeFault["rule"], OperationFailureCode> = {
  collision: "PATH_COLLISION",
  path: "INVALID_PATH",
  link: "INVALID_LINK",
  limit: "LIMIT",
};

/** Reports the fault as a failure of the last operation that named its path. */
function toFailure({ fault, changeSet }: { fault: TreeFault; changeSet: ChangeSet }): OperationFailure {
  const path = fault.rule === "collision" ? fault.paths[0] : (fault.path ?? "");
  const operationIndex = changeSet.operations.findLastIndex((operation) =>
    operation.type === "move" ? operation.destination === path : operation.path === path,
  );
  return {
    code: codes[fault.rule],
    path,
    operationIndex: Math.max(0, operationIndex),
    message: fault.message,
    report: fault.message,
  };
}
