import type { ProjectId } from "#lib/contracts/ids.ts";
import type { Transaction } from "../database.ts";

/** The command that the user allowed for a project's versions; null if there is none. */
export async function findPreviewCommand({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<string | null> {
  const row = await transaction.previewCommand.findUnique({ where: { projectId }, select: { command: true } });
  return row?.command ?? null;
}

export async function savePreviewCommand({
  transaction,
  projectId,
  command,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  command: string;
}): Promise<void> {
  await transaction.previewCommand.upsert({
    where: { projectId },
    create: { projectId, command },
    update: { command, confirmedAt: new Date() },
  });
}
