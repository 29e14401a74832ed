import type { z } from "zod";
import type { generationMergeInput } from "#lib/contracts/versions/generation.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Container } from "#server/container.ts";
import { readHead } from "#server/store/projects.ts";
import { assertHead } from "../assert-head.ts";
import { decideConflicts } from "./decide-conflicts.ts";
import { findMergeProblems } from "./find-merge-problems.ts";
import { loadConflictContents, planMerge } from "./plan-merge.ts";

/**
 * Checks a merge with these decisions. An open conflict counts as decided for the head. Stores nothing. @throws
 * AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, HEAD_MOVED, MERGE_CONFLICT, INPUT_TOO_LARGE, NO_CHANGES
 */
export async function checkMerge({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationMergeInput>;
}): Promise<{ problems: ValidationIssue[] }> {
  const { projectId, expectedHeadGenerationId, decisions = [] } = input;
  return container.database.prisma.$transaction(async (transaction) => {
    const headId = await readHead({ transaction, ownerId, projectId });
    const { head, from, merge } = await planMerge({ container, transaction, ownerId, input, headId });
    assertHead({ head: head.generationId, expected: expectedHeadGenerationId, notDone: "Nothing was merged." });
    const contents = await loadConflictContents({ transaction, conflicts: merge.conflicts });
    const decided = new Set(decisions.map(({ path }) => path));
    const open = merge.conflicts
      .filter(({ path }) => !decided.has(path))
      .map(({ path }) => ({ path, take: "ours" as const }));
    const result = decideConflicts({ merge, decisions: [...decisions, ...open], contents });
    return { problems: await findMergeProblems({ container, transaction, head, from, ...result }) };
  });
}
