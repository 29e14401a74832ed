import type { CheckId } from "#lib/contracts/versions/check.ts";
import type { ContentHash, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { hashFromBytes, hashToBytes } from "../contents/hash-bytes.ts";
import type { Database, Transaction } from "../database.ts";
import type { Prisma, CheckRunStatus } from "../prisma-client/client.ts";
import { toStorableText } from "../storable-json.ts";

export type { CheckRunStatus } from "../prisma-client/client.ts";

/** The target of a check: a version, or the candidate of a waiting run. */
type CheckTarget =
  | { generationId: GenerationId; runId: null; rootTreeHash: null }
  | { generationId: null; runId: RunId; rootTreeHash: ContentHash };

type NewCheckRun = CheckTarget & {
  ownerId: string;
  projectId: ProjectId;
  checkId: CheckId;
  name: string;
  command: string;
};

export type StoredCheckRun = NewCheckRun & {
  checkRunId: string;
  status: CheckRunStatus;
  stage: string | null;
  reason: string | null;
  attempt: number;
  isCancelRequested: boolean;
  resultId: string | null;
  createdAt: Date;
  endedAt: Date | null;
};

export const activeCheckStatuses: CheckRunStatus[] = ["QUEUED", "RUNNING"];

/** With `ended`, the record refers to an existing result. Returns null if another request just created this run. */
export async function createCheckRun({
  transaction,
  run,
  ordinal,
  ended = null,
}: {
  transaction: Transaction;
  run: NewCheckRun;
  ordinal: number;
  ended?: { status: CheckRunStatus; resultId: string } | null;
}): Promise<string | null> {
  const rootTreeHash = run.rootTreeHash === null ? null : hashToBytes(run.rootTreeHash);
  const data = { ...run, rootTreeHash, ordinal, ...(ended === null ? {} : { ...ended, endedAt: new Date() }) };
  const rows = await transaction.checkRun.createManyAndReturn({
    data: [data],
    skipDuplicates: true,
    select: { id: true },
  });
  return rows[0]?.id ?? null;
}

/** The newest run of each check on each of these versions. */
export async function listLatestCheckRuns({
  transaction,
  generationIds,
}: {
  transaction: Transaction;
  generationIds: readonly GenerationId[];
}): Promise<(StoredCheckRun & { ordinal: number })[]> {
  const rows = await transaction.checkRun.findMany({
    where: { generationId: { in: [...generationIds] } },
    orderBy: [{ generationId: "asc" }, { checkId: "asc" }, { ordinal: "desc" }],
    distinct: ["generationId", "checkId"],
    omit: { logTail: true },
  });
  return rows.map((row) => ({ ...toStored(row), ordinal: row.ordinal }));
}

/** The check runs of a run's candidates, the newest of each check first. */
export async function listCheckRunsOfRun({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<(StoredCheckRun & { ordinal: number })[]> {
  const rows = await transaction.checkRun.findMany({
    where: { runId },
    orderBy: [{ checkId: "asc" }, { ordinal: "desc" }],
    omit: { logTail: true },
  });
  return rows.map((row) => ({ ...toStored(row), ordinal: row.ordinal }));
}

export async function findCheckRun({
  transaction,
  checkRunId,
}: {
  transaction: Transaction;
  checkRunId: string;
}): Promise<StoredCheckRun | null> {
  const row = await transaction.checkRun.findUnique({ where: { id: checkRunId }, omit: { logTail: true } });
  return row === null ? null : toStored(row);
}

/** Starts an attempt of an unfinished run. Null if it has ended. */
export async function beginCheckRun({
  database,
  checkRunId,
}: {
  database: Database;
  checkRunId: string;
}): Promise<StoredCheckRun | null> {
  const { count } = await database.prisma.checkRun.updateMany({
    where: { id: checkRunId, status: { in: activeCheckStatuses } },
    data: { status: "RUNNING", attempt: { increment: 1 }, stage: null, logTail: null },
  });
  return count === 0 ? null : findCheckRun({ transaction: database.prisma, checkRunId });
}

/** Returns a run to the queue when its worker shuts down cleanly; the attempt is not counted. */
export async function releaseCheckRun({
  database,
  checkRunId,
}: {
  database: Database;
  checkRunId: string;
}): Promise<void> {
  await database.prisma.checkRun.updateMany({
    where: { id: checkRunId, status: "RUNNING" },
    data: { status: "QUEUED", attempt: { decrement: 1 } },
  });
}

export async function noteCheckProgress({
  database,
  checkRunId,
  stage,
  logTail,
}: {
  database: Database;
  checkRunId: string;
  stage: string;
  logTail: string;
}): Promise<void> {
  await database.prisma.checkRun.updateMany({
    where: { id: checkRunId, status: "RUNNING" },
    data: { stage, logTail: toStorableText(logTail) },
  });
}

/** Ends an unfinished run. False if it has ended already; then nothing was written. */
export async function endCheckRun({
  transaction,
  checkRunId,
  status,
  resultId = null,
  reason = null,
  from = activeCheckStatuses,
}: {
  transaction: Transaction;
  checkRunId: string;
  status: CheckRunStatus;
  resultId?: string | null;
  reason?: string | null;
  from?: CheckRunStatus[];
}): Promise<boolean> {
  const { count } = await transaction.checkRun.updateMany({
    where: { id: checkRunId, status: { in: from } },
    data: {
      status,
      resultId,
      reason: reason === null ? null : toStorableText(reason),
      stage: null,
      logTail: null,
      endedAt: new Date(),
    },
  });
  return count === 1;
}

/**
 * Cancels the unfinished runs of a version or a candidate: waiting ones end here, running ones are notified. Returns
 * how many there were.
 */
export async function cancelCheckRuns({
  transaction,
  ownerId,
  of,
  checkIds = null,
}: {
  transaction: Transaction;
  ownerId: string;
  of: { generationId: GenerationId } | { runId: RunId };
  checkIds?: readonly CheckId[] | null;
}): Promise<number> {
  const where = { ownerId, ...of, ...(checkIds === null ? {} : { checkId: { in: [...checkIds] } }) };
  const waiting = await transaction.checkRun.updateMany({
    where: { ...where, status: "QUEUED" },
    data: { status: "CANCELLED", endedAt: new Date() },
  });
  const running = await transaction.checkRun.updateManyAndReturn({
    where: { ...where, status: "RUNNING" },
    data: { cancelRequestedAt: new Date() },
    select: { id: true },
  });
  for (const { id } of running) await transaction.$executeRaw`SELECT pg_notify('graft_check_cancel', ${id})`;
  return waiting.count + running.length;
}

/** The output of a run so far; null if it is not running. */
export async function readCheckLogTail({
  database,
  checkRunId,
}: {
  database: Database;
  checkRunId: string;
}): Promise<string | null> {
  const row = await database.prisma.checkRun.findUnique({ where: { id: checkRunId }, select: { logTail: true } });
  return row?.logTail ?? null;
}

/** The unfinished runs, oldest first. After a restore they have no job. */
export async function listActiveCheckRuns({
  database,
}: {
  database: Database;
}): Promise<{ checkRunId: string; ownerId: string }[]> {
  const rows = await database.prisma.checkRun.findMany({
    where: { status: { in: activeCheckStatuses } },
    orderBy: { id: "asc" },
    select: { id: true, ownerId: true },
  });
  return rows.map(({ id, ownerId }) => ({ checkRunId: id, ownerId }));
}

function toTarget({
  id,
  generationId,
  runId,
  rootTreeHash,
}: Pick<Prisma.CheckRunGetPayload<object>, "id" | "generationId" | "runId" | "rootTreeHash">): CheckTarget {
  if (generationId !== null) return { generationId: generationId as GenerationId, runId: null, rootTreeHash: null };
  if (runId === null || rootTreeHash === null) throw new Error(`Check run ${id} is of nothing.`);
  return { generationId: null, runId: runId as RunId, rootTreeHash: hashFromBytes(rootTreeHash) };
}

function toStored(row: Prisma.CheckRunGetPayload<{ omit: { logTail: true } }>): StoredCheckRun {
  return {
    checkRunId: row.id,
    ownerId: row.ownerId,
    projectId: row.projectId as ProjectId,
    ...toTarget(row),
    checkId: row.checkId as CheckId,
    name: row.name,
    command: row.command,
    status: row.status,
    stage: row.stage,
    reason: row.reason,
    attempt: row.attempt,
    isCancelRequested: row.cancelRequestedAt !== null,
    resultId: row.resultId,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
  };
}
