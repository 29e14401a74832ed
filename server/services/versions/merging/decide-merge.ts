import type { z } from "zod";
import type { generationMergeInput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { MergeConflict } from "#server/core/merge/merge-trees.ts";
import type { Transaction } from "#server/store/database.ts";
import { assertHead } from "../assert-head.ts";
import { compareWithParent } from "../compare-with-parent.ts";
import { findResultProblems } from "../find-result-problems.ts";
import { decideConflicts } from "./decide-conflicts.ts";
import { loadConflictContents, planMerge } from "./plan-merge.ts";

type MergeInput = z.infer<typeof generationMergeInput>;

/**
 * The tree of a merge with its conflicts decided, and the findings of its checks.
 *
 * @throws AppError GENERATION_NOT_FOUND, HEAD_MOVED, MERGE_CONFLICT, INPUT_TOO_LARGE, NO_CHANGES
 */
export async function decideMerge({
  container,
  transaction,
  ownerId,
  input,
  headId,
  listDecisions,
}: {
  container: Container;
  transaction: Transaction;
  ownerId: string;
  input: MergeInput;
  headId: GenerationId | null;
  listDecisions: (conflicts: readonly MergeConflict[]) => NonNullable<MergeInput["decisions"]>;
}) {
  const { head, from, merge } = await planMerge({ container, transaction, ownerId, input, headId });
  assertHead({ head: head.generationId, expected: input.expectedHeadGenerationId, notDone: "Nothing was merged." });
  const contents = await loadConflictContents({ transaction, conflicts: merge.conflicts });
  const decided = decideConflicts({ merge, decisions: listDecisions(merge.conflicts), contents });
  const { parentTree, addedContents, parentContents, changes } = await compareWithParent({
    container,
    transaction,
    parent: head,
    ...decided,
    cause: "merge",
  });
  const issues = await findResultProblems({
    container,
    transaction,
    result: { tree: decided.tree, changes, newContents: addedContents },
    parent: parentTree,
    parentContents,
    prompt: `Merge v${from.version}`,
  });
  return { head, from, ...decided, issues };
}
