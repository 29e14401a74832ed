import type { ChangeSet } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { hashesNeededBy } from "./operations/apply-operation.ts";
import type { WorkingTree } from "./working-tree.ts";

/** The parent contents that `mergeChangeSet` reads from this start: a few, however large the project is. */
export function findParentHashesNeeded({
  start,
  changeSet,
}: {
  start: WorkingTree;
  changeSet: ChangeSet;
}): Set<ContentHash> {
  const needed = new Set(
    changeSet.operations.flatMap((operation) => hashesNeededBy({ workingTree: start, operation })),
  );
  for (const [path, { origin }] of start.changes) {
    for (const before of [start.parent.get(path), origin === null ? undefined : start.parent.get(origin)])
      if (before !== undefined) needed.add(before.contentHash);
  }
  return needed;
}
