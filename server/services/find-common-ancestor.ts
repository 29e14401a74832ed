import type { z } from "zod";
import type { commonAncestorInput, CommonAncestorOutput } from "#lib/contracts/diff.ts";
import type { Container } from "#server/container.ts";
import { findMergeBase, getGenerationSummary } from "#server/store/generations.ts";

/**
 * The newest version that two versions come from, through any of their parents; one of the two where it comes from the other.
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function findCommonAncestor({ container, ownerId, input: { generationId, againstGenerationId } }: { container: Container; ownerId: string; input: z.infer<typeof commonAncestorInput> }): Promise<CommonAncestorOutput> {
  const { database } = container;
  for (const id of [generationId, againstGenerationId]) await getGenerationSummary({ database, ownerId, generationId: id });
  return { generationId: await findMergeBase({ transaction: database.prisma, a: generationId, b: againstGenerationId }) };
}
