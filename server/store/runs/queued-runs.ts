import type { GenerationId, ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { Database, Transaction } from "../database.ts";
import { runNotFound } from "./runs.ts";

/**
 * A run is queued behind another one where its parent is what that one makes. Until then it has no parent and no job.
 * Who changes which run stands behind which takes three locks in this order: `lockQueues`, `keepFromEnding` on the run
 * that is waited for, and then the waiting rows. Only the end of a run starts the next one beside that: it holds its
 * own row, and starts the next one by a compare-and-set.
 */
export const isWaiting = { status: "QUEUED", afterRunId: { not: null }, parentGenerationId: null } as const;

/** It waits, or was withdrawn before it had a version to begin with. */
export const hasNotBegun = { afterRunId: { not: null }, parentGenerationId: null } as const;

/** Until the transaction ends, no other one changes the order of the project's queues. Take it before any row. */
export async function lockQueues({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('graft-queue'), hashtext(${projectId}))`;
}

/**
 * Until the transaction ends, the run ends neither with a version nor without one. Rows that come to refer to it would
 * take the same lock later, when they are held themselves, and wait for its end while that waits for them.
 */
export async function keepFromEnding({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "Run" WHERE id = ${runId} FOR KEY SHARE`;
}

export type QueuedRun = { runId: RunId; projectId: ProjectId; afterRunId: RunId; prompt: string };

/** @throws AppError RUN_NOT_FOUND; null where the run waits no longer */
export async function findWaitingRun({
  database,
  ownerId,
  runId,
}: {
  database: Pick<Database, "prisma"> | { prisma: Transaction };
  ownerId: string;
  runId: RunId;
}): Promise<QueuedRun | null> {
  const row = await database.prisma.run.findFirst({
    where: { id: runId, ownerId },
    select: { projectId: true, prompt: true, status: true, afterRunId: true, parentGenerationId: true },
  });
  if (row === null) throw runNotFound(runId);
  const { projectId, prompt, status, afterRunId, parentGenerationId } = row;
  if (status !== "QUEUED" || afterRunId === null || parentGenerationId !== null) return null;
  return { runId, projectId: projectId as ProjectId, afterRunId: afterRunId as RunId, prompt };
}

/** The first run that waits behind one. */
export async function findFirstWaiting({
  transaction,
  afterRunId,
}: {
  transaction: Transaction;
  afterRunId: RunId;
}): Promise<{ runId: RunId; ownerId: string; modelId: ModelId } | null> {
  const row = await transaction.run.findFirst({
    where: { ...isWaiting, afterRunId },
    orderBy: { id: "asc" },
    select: { id: true, ownerId: true, modelId: true },
  });
  return row === null ? null : { runId: row.id as RunId, ownerId: row.ownerId, modelId: row.modelId as ModelId };
}

/**
 * The oldest run at work that would make a child of a generation: what a prompt on that generation waits for.
 * Candidates are none: which of them is gone on from is for the user to choose.
 */
export async function findRunOnGeneration({
  transaction,
  ownerId,
  generationId,
}: {
  transaction: Transaction;
  ownerId: string;
  generationId: GenerationId;
}): Promise<RunId | null> {
  const row = await transaction.run.findFirst({
    where: {
      ownerId,
      parentGenerationId: generationId,
      kind: { not: "ask" },
      candidateSetId: null,
      status: { in: ["QUEUED", "RUNNING"] },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return (row?.id as RunId | undefined) ?? null;
}

/**
 * The last run of the queue that a run stands in: from run to run that is based on it, or that took its place by a
 * retry or by going on from it. Runs that were withdrawn before they began are no part of it.
 */
export async function findQueueEnd({ transaction, runId }: { transaction: Transaction; runId: RunId }): Promise<RunId> {
  let last = runId;
  for (;;) {
    const next = await transaction.run.findFirst({
      where: {
        kind: { not: "ask" },
        OR: [
          { afterRunId: last, NOT: { status: "CANCELLED", parentGenerationId: null } },
          { retryOfRunId: last },
          { continuesRunId: last },
          { plannedByRunId: last },
        ],
      },
      orderBy: { id: "desc" },
      select: { id: true },
    });
    if (next === null) return last;
    last = next.id as RunId;
  }
}

/**
 * How a run that others may wait for stands, what it has made, itself or by the run that completed it, and what it was
 * queued behind.
 */
export async function readRunResult({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<{ status: RunStatus; generationId: GenerationId | null; afterRunId: RunId | null }> {
  const row = await transaction.run.findUnique({
    where: { id: runId },
    select: { status: true, generationId: true, afterRunId: true, completedBy: { select: { generationId: true } } },
  });
  if (row === null) throw runNotFound(runId);
  return {
    status: row.status,
    generationId: (row.generationId ?? row.completedBy?.generationId ?? null) as GenerationId | null,
    afterRunId: row.afterRunId as RunId | null,
  };
}

/**
 * Gives a waiting run its parent, with what the project locks and shows by now; false where it waits behind that run no
 * longer, and then nothing was written. A run gets its parent once.
 */
export async function startWaitingRun({
  transaction,
  runId,
  afterRunId,
  parentGenerationId,
  isDetached = false,
}: {
  transaction: Transaction;
  runId: RunId;
  afterRunId: RunId;
  parentGenerationId: GenerationId;
  /** It leaves the queue: what stood behind it stays behind the run before it. */
  isDetached?: boolean;
}): Promise<boolean> {
  const count = await transaction.$executeRaw`
    UPDATE "Run" SET "parentGenerationId" = ${parentGenerationId},
      "afterRunId" = CASE WHEN ${isDetached} THEN NULL ELSE "afterRunId" END,
      "lockedPaths" = project."lockedPaths", "shownSecretPaths" = project."shownSecretPaths"
    FROM "Project" project
    WHERE "Run".id = ${runId} AND project.id = "Run"."projectId" AND "Run".status = 'QUEUED'
      AND "Run"."afterRunId" = ${afterRunId} AND "Run"."parentGenerationId" IS NULL`;
  return count === 1;
}

/** Lets what waits behind one run wait behind another one. The caller holds `lockQueues`. */
export async function moveWaiting({
  transaction,
  fromRunId,
  toRunId,
}: {
  transaction: Transaction;
  fromRunId: RunId;
  toRunId: RunId;
}): Promise<void> {
  await transaction.run.updateMany({ where: { ...isWaiting, afterRunId: fromRunId }, data: { afterRunId: toRunId } });
}

/** The runs that wait behind one, one behind the other, the first first. */
export async function listWaitingChain({
  transaction,
  afterRunId,
}: {
  transaction: Transaction;
  afterRunId: RunId;
}): Promise<RunId[]> {
  const chain: RunId[] = [];
  for (let last = afterRunId; ;) {
    const next = await findFirstWaiting({ transaction, afterRunId: last });
    if (next === null) return chain;
    chain.push(next.runId);
    last = next.runId;
  }
}

/** Changes a run that still waits; false where it does not. */
export async function changeWaitingRun({
  transaction,
  runId,
  change,
}: {
  transaction: Transaction;
  runId: RunId;
  change: { prompt: string } | { afterRunId: RunId };
}): Promise<boolean> {
  const { count } = await transaction.run.updateMany({ where: { ...isWaiting, id: runId }, data: change });
  return count === 1;
}
