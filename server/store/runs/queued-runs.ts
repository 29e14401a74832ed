import type { GenerationId, ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { Database, Transaction } from "../database.ts";
import { runNotFound } from "./runs.ts";

/**
 * A queued run waits for another run, whose version becomes its parent. Until then it has no parent and no job. Code
 * that reorders a queue takes three locks in this order: `lockQueues`, `keepFromEnding` on the run that is waited for,
 * then the waiting rows. The end of a run is the only other place that starts a waiting run: it holds its own row and
 * starts the next run by compare-and-set.
 */
export const isWaiting = { status: "QUEUED", afterRunId: { not: null }, parentGenerationId: null } as const;

/** The run waits, or was withdrawn before it had a parent. */
export const hasNotBegun = { afterRunId: { not: null }, parentGenerationId: null } as const;

/** Locks the order of the project's queues until the transaction ends. Take it before any row lock. */
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
 * Keeps the run from ending until the transaction ends. Rows that refer to the run would take the same lock later,
 * while they are locked themselves, and could deadlock with the run's end.
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

/** @throws AppError RUN_NOT_FOUND; null if the run no longer waits */
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

/** The first run in the queue behind a run. */
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
 * The oldest running run that would make a child of a generation: a prompt on that generation waits for it. Candidates
 * are excluded, because the user chooses which one to continue.
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
 * The last run of the queue that contains a run. Follows queued runs, retries and continuations. Excludes runs that
 * were withdrawn before they began.
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
 * The state of a run that others may wait for, the version that it or its continuation made, and the run that it was
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
 * Gives a waiting run its parent, with the project's current locks and shown files. False if it no longer waits for
 * that run; then nothing was written. A run gets its parent once.
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
  /** Removes a run from its queue: what waited for it now waits for the run before it. */
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

/** Moves all that waits behind one run behind another. The caller holds `lockQueues`. */
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

/** The runs queued behind one, in order. */
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

/** Changes a run that still waits; false if it does not. */
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
