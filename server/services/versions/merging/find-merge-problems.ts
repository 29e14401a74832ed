import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Container } from "#server/container.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { applyValidators, sortIssues } from "#server/core/validation/apply-validators.ts";
import { breaksResult } from "#server/core/validation/breaks-result.ts";
import { loadValidationInput } from "#server/orchestrator/load-validation-input.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { compareWithParent } from "../compare-with-parent.ts";

/** Finds the places where the parts of two versions do not fit together in one tree, compared with the head. */
export async function findMergeProblems({
  container,
  transaction,
  head,
  from,
  tree,
  newContents,
}: {
  container: Pick<Container, "treeObjects" | "sourceParser">;
  transaction: Transaction;
  head: StoredGeneration;
  from: StoredGeneration;
  tree: FileTree;
  newContents: FileContents;
}): Promise<ValidationIssue[]> {
  const { parentTree, addedContents, parentContents, changes } = await compareWithParent({
    container,
    transaction,
    parent: head,
    tree,
    newContents,
    cause: "merge",
  });
  const input = await loadValidationInput({
    merged: { tree, changes, newContents: addedContents },
    parent: parentTree,
    parentContents,
    prompt: `Merge v${from.version}`,
    sourceParser: container.sourceParser,
    loadContents: (hashes) => loadBlobs({ transaction, hashes }),
  });
  const issues: ValidationIssue[] = [];
  for (const { issues: found } of applyValidators(input)) {
    issues.push(...found.filter(breaksResult));
    // A rule may take long, so the process handles other requests in between.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return sortIssues(issues);
}
