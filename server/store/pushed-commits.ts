import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Transaction } from "./database.ts";

/** Keeps the bytes of the commit that a version was pushed as, in the transaction that stores the version. */
export async function insertPushedCommit({
  transaction,
  generationId,
  commitId,
  bytes,
}: {
  transaction: Transaction;
  generationId: GenerationId;
  commitId: ObjectId;
  bytes: Uint8Array;
}): Promise<void> {
  await transaction.pushedCommit.create({
    data: { generationId, commitId: new Uint8Array(Buffer.from(commitId, "hex")), bytes: new Uint8Array(bytes) },
    select: { generationId: true },
  });
}

/** The active version of a project from now on. The caller holds the project's row, and knows that nothing is lost. */
export async function moveHead({
  transaction,
  projectId,
  generationId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  generationId: GenerationId | null;
}): Promise<void> {
  await transaction.project.update({
    where: { id: projectId },
    data: { headGenerationId: generationId },
    select: { id: true },
  });
}

/** A branch is the label of its tip: it leaves the version that had it, and goes to `generationId`. */
export async function moveLabel({
  transaction,
  fromGenerationId,
  generationId,
  label,
}: {
  transaction: Transaction;
  fromGenerationId: GenerationId | null;
  generationId: GenerationId;
  label: string;
}): Promise<void> {
  if (fromGenerationId !== null)
    await transaction.generationMark.updateMany({
      where: { generationId: fromGenerationId, label },
      data: { label: null },
    });
  await transaction.generationMark.upsert({
    where: { generationId },
    create: { generationId, label },
    update: { label },
  });
}
