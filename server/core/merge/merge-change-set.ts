import type { ChangeSet } from "#lib/contracts/change-set.ts";
import type { LedgerCounts, LedgerEntry } from "#lib/contracts/ledger.ts";
import { limits } from "#lib/contracts/limits.ts";
import { findPathCollision } from "../file-path.ts";
import type { OperationFailure } from "../change-set/operation-failure.ts";
import type { FileContents, FileTree } from "../file-tree.ts";
import { buildLedger } from "../ledger/build-ledger.ts";
import { applyOperation, buildTree, type WorkingTree } from "./working-tree.ts";

export type MergedCandidate = {
  /** How it came about, for going on from it. */
  workingTree: WorkingTree;
  /** The complete child, sorted by path. */
  tree: FileTree;
  /** Contents of the child that the parent does not have. */
  newContents: FileContents;
  changes: LedgerEntry[];
  counts: LedgerCounts;
};

export type MergeChangeSetResult =
  | { status: "merged"; candidate: MergedCandidate }
  | { status: "rejected"; failures: OperationFailure[] };

/**
 * Parent plus change set gives the complete child, or nothing: one operation that fails rejects the set. What no
 * operation names is the parent's entry, byte for byte. `start` is the parent as `openWorkingTree` gives it, or the
 * state that a run goes on from. `parentContents` holds what `findParentHashesNeeded` names.
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
  const limitFailure = findLimitFailure(tree) ?? (start.changes.size === 0 ? null : findStartCollision(tree));
  if (limitFailure !== null) return { status: "rejected", failures: [limitFailure] };
  const used = new Set([...workingTree.changes.values()].map(({ entry }) => entry?.contentHash));
  const newContents = new Map([...workingTree.newContents].filter(([hash]) => used.has(hash)));
  return {
    status: "merged",
    candidate: {
      workingTree,
      tree,
      newContents,
      ...buildLedger({ workingTree, tree, contents: new Map([...parentContents, ...newContents]) }),
    },
  };
}

/** Operations check their paths; a start from which some changes were taken back may have two files in one place. */
function findStartCollision(tree: FileTree): OperationFailure | null {
  const collision = findPathCollision([...tree.keys()]);
  if (collision === null) return null;
  const [path, other] = collision;
  const message = `${path} cannot stand beside ${other}. Decide on both alike.`;
  return { code: "PATH_COLLISION", path, operationIndex: 0, message, report: message };
}

function findLimitFailure(tree: FileTree): OperationFailure | null {
  let sizeBytes = 0;
  for (const entry of tree.values()) sizeBytes += entry.sizeBytes;
  const message =
    tree.size > limits.projectFiles
      ? `The project would have ${tree.size} files; it has at most ${limits.projectFiles}.`
      : sizeBytes > limits.projectBytes
        ? `The project would have ${sizeBytes} bytes; it has at most ${limits.projectBytes}.`
        : null;
  return message === null ? null : { code: "LIMIT", path: "", operationIndex: 0, message, report: message };
}
