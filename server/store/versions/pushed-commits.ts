import type { GenerationId, ObjectId, ProjectId } from "#lib/contracts/ids.ts";
import type { Transaction } from "../database.ts";

/** Stores the bytes of the original commit of a pushed version. Call it in the transaction that stores the version. */
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

/** Sets the active version of a project. The caller holds the project's row and has verified that nothing is lost. */
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

/** The version whose pushed commit's id has this prefix; null if there is none, or more than one. */
export async function findGenerationOfCommit({
  transaction,
  projectId,
  commitPrefix,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  /** In lower case. */
  commitPrefix: string;
}): Promise<GenerationId | null> {
  const rows = await transaction.$queryRaw<{ generationId: GenerationId }[]>`
    SELECT pushed."generationId" FROM "PushedCommit" pushed
    JOIN "Generation" generation ON generation.id = pushed."generationId"
    WHERE generation."projectId" = ${projectId}
      AND starts_with(encode(pushed."commitId", 'hex'), ${commitPrefix})
    LIMIT 2`;
  return rows.length === 1 ? (rows[0]?.generationId ?? null) : null;
}

/** Serialises creation of projects with the same name until the transaction ends. */
export async function lockProjectName({
  transaction,
  ownerId,
  name,
}: {
  transaction: Transaction;
  ownerId: string;
  name: string;
}): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`project ${ownerId} ${name}`}, 0))`;
}

/** The projects of a name that have any of these commits, each with those that it has; newest project first. */
export async function findProjectsOfCommits({
  transaction,
  ownerId,
  name,
  commitIds,
}: {
  transaction: Transaction;
  ownerId: string;
  name: string;
  commitIds: readonly ObjectId[];
}): Promise<{ projectId: ProjectId; commitIds: ReadonlySet<ObjectId> }[]> {
  const rows = await transaction.$queryRaw<{ projectId: ProjectId; commitIds: ObjectId[] }[]>`
    SELECT project.id AS "projectId", array_agg(DISTINCT encode(pushed."commitId", 'hex')) AS "commitIds"
    FROM "Project" project
    JOIN "Generation" generation ON generation."projectId" = project.id
    JOIN "PushedCommit" pushed ON pushed."generationId" = generation.id
    WHERE project."ownerId" = ${ownerId} AND project.name = ${name} AND project."archivedAt" IS NULL
      AND encode(pushed."commitId", 'hex') = ANY(${[...commitIds]})
    GROUP BY project.id
    ORDER BY project.id DESC`;
  return rows.map((row) => ({ projectId: row.projectId, commitIds: new Set(row.commitIds) }));
}

/** Labels versions that have no label, each with its first given one. Returns the labels that were used. */
export async function labelVersions({
  transaction,
  labels,
}: {
  transaction: Transaction;
  labels: readonly { generationId: GenerationId; label: string }[];
}): Promise<ReadonlySet<string>> {
  const marks = new Map<GenerationId, string>();
  for (const { generationId, label } of labels) if (!marks.has(generationId)) marks.set(generationId, label);
  if (marks.size === 0) return new Set();
  const marked = await transaction.generationMark.findMany({
    where: { generationId: { in: [...marks.keys()] } },
    select: { generationId: true },
  });
  for (const { generationId } of marked) marks.delete(generationId as GenerationId);
  await transaction.generationMark.createMany({
    data: [...marks].map(([generationId, label]) => ({ generationId, label })),
  });
  return new Set(marks.values());
}

/** A branch is the label of its tip: moves the label from the version that had it to `generationId`. */
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
