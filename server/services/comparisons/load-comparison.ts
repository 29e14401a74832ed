import type { z } from "zod";
import type { generationDiffInput } from "#lib/contracts/comparisons/diff.ts";
import type { Container } from "#server/container.ts";
import { diffTrees, type TreeDifference } from "#server/core/diff/diff-trees.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { findFirstParent, listMoves } from "#server/store/versions/generations.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { assertOneProject } from "./assert-one-project.ts";

export type ComparisonRequest = {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationDiffInput>;
};

export type Comparison = {
  base: { generation: StoredGeneration | null; tree: FileTree };
  head: { generation: StoredGeneration; tree: FileTree };
  /** The differing paths, sorted; moves made by a change set are moves. */
  changes: TreeDifference[];
};

/**
 * Two versions and their differing paths: the given generation and its first parent, or any other of the same project.
 * A generation without a parent is compared with the empty tree. Reads no content.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function loadComparison({ container, ownerId, input }: ComparisonRequest): Promise<Comparison> {
  const { database, treeObjects } = container;
  const head = await loadGenerationTree({ database, treeObjects, ownerId, generationId: input.generationId });
  const baseId = input.againstGenerationId ?? (await findFirstParent({ database, generationId: input.generationId }));
  const base =
    baseId === null
      ? { generation: null, tree: emptyFileTree }
      : await loadGenerationTree({ database, treeObjects, ownerId, generationId: baseId });
  assertOneProject({ base: base.generation, head: head.generation });
  const moves = await listMoves({
    database,
    generationId: head.generation.generationId,
    parentGenerationId: base.generation?.generationId ?? null,
  });
  return { base, head, changes: diffTrees({ base: base.tree, head: head.tree, moves }) };
}
