import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { compareWithParent } from "./compare-with-parent.ts";

/** Appends a version with a given complete tree: its ledger is computed from the two trees. */
export async function appendTree({
  container,
  transaction,
  parent,
  tree,
  newContents,
  kind,
  prompt,
  sourceGenerationId,
  mergedGenerationId = null,
  issues = [],
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  parent: StoredGeneration;
  tree: FileTree;
  newContents: FileContents;
  kind: Extract<GenerationKind, "rollback" | "restore" | "merge">;
  prompt: string | null;
  sourceGenerationId: GenerationId | null;
  /** The second parent of a merge. */
  mergedGenerationId?: GenerationId | null;
  /** The findings of the checks on the tree. */
  issues?: ValidationIssue[];
}): Promise<{ generationId: GenerationId }> {
  const { changes, counts } = await compareWithParent({
    container,
    transaction,
    parent,
    tree,
    newContents,
    cause: kind,
  });
  const { generationId } = await appendGeneration({
    transaction,
    treeObjects: container.treeObjects,
    generation: {
      projectId: parent.projectId,
      kind,
      author: "user",
      prompt,
      parentGenerationIds: [parent.generationId, ...(mergedGenerationId === null ? [] : [mergedGenerationId])],
      sourceGenerationId,
      tree,
      newContents,
      baseContents: new Map(),
      changes,
      counts,
      issues,
    },
  });
  return { generationId };
}
