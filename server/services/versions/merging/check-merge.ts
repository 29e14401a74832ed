import type { z } from "zod";
import type { generationMergeInput } from "#lib/contracts/versions/generation.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Container } from "#server/container.ts";
import { readHead } from "#server/store/projects.ts";
import { decideMerge } from "./decide-merge.ts";

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
  const { projectId, decisions = [] } = input;
  const decided = new Set(decisions.map(({ path }) => path));
  return container.database.prisma.$transaction(async (transaction) => {
    const headId = await readHead({ transaction, ownerId, projectId });
    const { issues } = await decideMerge({
      container,
      transaction,
      ownerId,
      input,
      headId,
      listDecisions: (conflicts) => [
        ...decisions,
        ...conflicts.filter(({ path }) => !decided.has(path)).map(({ path }) => ({ path, take: "ours" as const })),
      ],
    });
    return { problems: issues };
  });
}
