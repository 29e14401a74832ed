import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Container } from "#server/container.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import type { MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import { sortIssues } from "#server/core/validation/apply-validators.ts";
import { breaksResult } from "#server/core/validation/breaks-result.ts";
import { applyRules } from "#server/orchestrator/rules/apply-rules.ts";
import { loadValidationInput } from "#server/orchestrator/rules/load-validation-input.ts";
import { loadSoundBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";

/**
 * Finds the places where the parts that the user chose or wrote do not fit together in one tree, compared with the
 * parent. A damaged file is not checked, because it must not prevent the user from storing another version.
 */
export async function findResultProblems({
  container: { sourceParser, threads },
  transaction,
  result,
  parent,
  parentContents,
  prompt,
}: {
  container: Pick<Container, "sourceParser" | "threads">;
  transaction: Transaction;
  result: Pick<MergedCandidate, "tree" | "changes" | "newContents">;
  parent: FileTree;
  /** The previous contents of the changed files. */
  parentContents: FileContents;
  prompt: string;
}): Promise<ValidationIssue[]> {
  const input = await loadValidationInput({
    merged: result,
    parent,
    parentContents,
    prompt,
    sourceParser,
    loadContents: async (hashes) => (await loadSoundBlobs({ transaction, hashes })).contents,
  });
  const results = await applyRules({ threads, input });
  return sortIssues(results.flatMap(({ issues }) => issues.filter(breaksResult)));
}
