import type { z } from "zod";
import type { generationActivateInput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { findMergeBase, getStoredGeneration } from "#server/store/versions/generations.ts";
import { lockHead, moveHead } from "#server/store/projects.ts";
import { assertHead } from "../assert-head.ts";

/**
 * Makes a descendant of the active version active, such as one of several candidates. No version is made, and the
 * others stay unchanged. Locks the project's row, so one of two concurrent choices is refused.
 *
 * @throws AppError GENERATION_NOT_FOUND, PROJECT_ARCHIVED, HEAD_MOVED, NOT_A_DESCENDANT
 */
export async function activateGeneration({
  container: { database },
  ownerId,
  input: { generationId, expectedHeadGenerationId },
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationActivateInput>;
}): Promise<{ generationId: GenerationId }> {
  return database.prisma.$transaction(async (transaction) => {
    const target = await getStoredGeneration({ transaction, generationId, ownerId });
    const headId = await lockHead({ transaction, ownerId, projectId: target.projectId });
    // If the response was lost, a repeated request succeeds.
    if (headId === generationId) return { generationId };
    assertHead({ head: headId, expected: expectedHeadGenerationId, notDone: "Nothing was chosen." });
    const base = headId === null ? null : await findMergeBase({ transaction, a: headId, b: generationId });
    if (headId === null || base !== headId) throw notDescendant({ generationId, version: target.version });
    await moveHead({ transaction, projectId: target.projectId, from: headId, to: generationId });
    return { generationId };
  });
}

function notDescendant({ generationId, version }: { generationId: GenerationId; version: number }): AppError {
  return new AppError({
    code: "NOT_A_DESCENDANT",
    message: `v${version} does not come from the active version, so choosing it would leave out what came since. Nothing was chosen. Merge v${version} into the active version, or roll back to it.`,
    details: { generationId },
  });
}
