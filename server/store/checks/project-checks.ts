import type { Check, CheckId, NewFailureAction } from "#lib/contracts/versions/check.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { Database, Transaction } from "../database.ts";

export type CheckPlan = { confirmedAt: Date; onNewFailure: NewFailureAction; checks: Check[] };

/** Null for a project whose commands no user has confirmed. */
export async function findCheckPlan({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<CheckPlan | null> {
  const row = await transaction.checkPlan.findUnique({
    where: { projectId },
    include: { checks: { orderBy: { position: "asc" } } },
  });
  if (row === null) return null;
  return {
    confirmedAt: row.confirmedAt,
    onNewFailure: row.onNewFailure,
    checks: row.checks.map(({ id, name, command, source, isEnabled }) => ({
      checkId: id as CheckId,
      name,
      command,
      source,
      isEnabled,
    })),
  };
}

/** Replaces the checks of a project. Stored results keep the command that made them. */
export async function saveCheckPlan({
  transaction,
  projectId,
  checks,
  onNewFailure,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  checks: readonly Check[];
  /** Unchanged if undefined. */
  onNewFailure: NewFailureAction | undefined;
}): Promise<void> {
  const chosen = onNewFailure === undefined ? {} : { onNewFailure };
  await transaction.checkPlan.upsert({ where: { projectId }, create: { projectId, ...chosen }, update: chosen });
  // If two requests save at once, the second waits here and replaces what the first wrote.
  await transaction.$queryRaw`SELECT 1 FROM "CheckPlan" WHERE "projectId" = ${projectId} FOR UPDATE`;
  await transaction.projectCheck.deleteMany({ where: { projectId } });
  await transaction.projectCheck.createMany({
    data: checks.map(({ checkId, ...fields }, position) => ({ id: checkId, projectId, position, ...fields })),
  });
}

/** Versions of confirmed projects without any check yet, oldest first. */
export async function listUncheckedGenerations({
  database,
  limit,
}: {
  database: Database;
  limit: number;
}): Promise<{ generationId: string; ownerId: string; projectId: string }[]> {
  return database.prisma.$queryRaw`
    SELECT g.id AS "generationId", p."ownerId", p.id AS "projectId"
    FROM "CheckPlan" plan JOIN "Project" p ON p.id = plan."projectId" JOIN "Generation" g ON g."projectId" = p.id
    WHERE p."archivedAt" IS NULL AND g."createdAt" >= plan."confirmedAt"
      AND EXISTS (SELECT 1 FROM "ProjectCheck" c WHERE c."projectId" = p.id AND c."isEnabled")
      AND NOT EXISTS (SELECT 1 FROM "CheckRun" r WHERE r."generationId" = g.id)
    ORDER BY g."createdAt" LIMIT ${limit}`;
}
