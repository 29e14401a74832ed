import type { ChangeSet } from "#lib/contracts/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import type { FileTree } from "../file-tree.ts";
import { hashesNeededBy, openWorkingTree } from "./working-tree.ts";

/** The parent contents that `mergeChangeSet` looks at for this change set: a few, however large the project. */
export function findParentHashesNeeded({ parent, changeSet }: { parent: FileTree; changeSet: ChangeSet }): Set<ContentHash> {
  const workingTree = openWorkingTree({ parent, seen: new Set(), scopeInclude: null });
  return new Set(changeSet.operations.flatMap((operation) => hashesNeededBy({ workingTree, operation })));
}
