import type { z } from "zod";
import type { generationRollbackInput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { lockHead } from "#server/store/projects.ts";
import { appendTree } from "../append-tree.ts";
import { assertHead } from "../assert-head.ts";

/**
 * Makes the files of an earlier version current again, as a new version after the head. Nothing is lost, and rolling
 * back the roll back undoes it.
 *
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, HEAD_MOVED
 */
export async function rollBack({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationRollbackInput>;
}): Promise<{ generationId: GenerationId }> {
  const { database, treeObjects } = container;
  return database.prisma.$transaction(async (transaction) => {
    const headId = await lockHead({ transaction, ownerId, projectId: input.projectId });
    const target = await getStoredGeneration({ transaction, generationId: input.toGenerationId, ownerId });
    if (headId === null || target.projectId !== input.projectId) throw notInProject(input);
    assertHead({ head: headId, expected: input.expectedHeadGenerationId, notDone: "Nothing was rolled back." });
    const head = await getStoredGeneration({ transaction, generationId: headId });
    const tree = await treeObjects.load({ transaction, rootHash: target.rootTreeHash });
    const done = `Rolled back to v${target.version}`;
    const prompt = input.note === undefined || input.note === "" ? done : `${done}: ${input.note}`;
    return appendTree({
      container,
      transaction,
      parent: head,
      tree,
      newContents: new Map(),
      kind: "rollback",
      prompt,
      sourceGenerationId: target.generationId,
    });
  });
}

function notInProject({ toGenerationId }: z.infer<typeof generationRollbackInput>): AppError {
  return new AppError({
    code: "GENERATION_NOT_FOUND",
    message: "This project has no such version. Nothing was rolled back. Its history shows what there is.",
    details: { generationId: toGenerationId },
  });
}
