import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { PreviewId } from "#lib/contracts/versions/preview.ts";
import type { PreviewStatus, PreviewStep } from "#lib/contracts/versions/preview-state.ts";
import { AppError } from "#lib/errors.ts";
import type { Database, Transaction } from "../database.ts";
import type { Prisma } from "../prisma-client/client.ts";
import { toStorableText } from "../storable-json.ts";

type NewPreview = {
  ownerId: string;
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
  command: string;
  token: string;
};

export type StoredPreview = NewPreview & {
  previewId: PreviewId;
  status: PreviewStatus;
  /** Null until the preview process has taken it. */
  step: PreviewStep | null;
  port: number | null;
  reason: string | null;
  databaseName: string | null;
  startedAt: Date;
  usedAt: Date;
  stopRequestedAt: Date | null;
  endedAt: Date | null;
};

/** The number of ended previews that a project keeps, with their logs. */
const keptEnded = 10;

const live = { status: { in: ["STARTING", "READY"] } } satisfies Prisma.PreviewWhereInput;
const withoutLog = { log: true, logIsCut: true } as const;

/** Null if the version has a preview already. */
export async function createPreview({
  transaction,
  preview,
}: {
  transaction: Transaction;
  preview: NewPreview;
}): Promise<PreviewId | null> {
  const rows = await transaction.preview.createManyAndReturn({
    data: [{ ...preview, liveGenerationId: preview.generationId }],
    skipDuplicates: true,
    select: { id: true },
  });
  const previewId = rows[0]?.id ?? null;
  if (previewId === null) return null;
  const old = await transaction.preview.findMany({
    where: { projectId: preview.projectId, NOT: live, databaseName: null },
    orderBy: { startedAt: "desc" },
    skip: keptEnded,
    select: { id: true },
  });
  await transaction.preview.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  await notifyPreviews(transaction);
  return previewId as PreviewId;
}

export async function findLivePreview({
  transaction,
  generationId,
}: {
  transaction: Transaction;
  generationId: GenerationId;
}): Promise<StoredPreview | null> {
  const row = await transaction.preview.findUnique({ where: { liveGenerationId: generationId }, omit: withoutLog });
  return row === null ? null : toStored(row);
}

/** @throws AppError PREVIEW_NOT_FOUND */
export async function getPreviewWithLog({
  database,
  ownerId,
  previewId,
}: {
  database: Database;
  ownerId: string;
  previewId: PreviewId;
}): Promise<StoredPreview & { log: string; logIsCut: boolean }> {
  const row = await database.prisma.preview.findFirst({ where: { id: previewId, ownerId } });
  if (row === null) throw previewNotFound(previewId);
  return { ...toStored(row), log: row.log, logIsCut: row.logIsCut };
}

/** Newest first. */
export async function listPreviews({
  database,
  ownerId,
  projectId,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
}): Promise<StoredPreview[]> {
  const rows = await database.prisma.preview.findMany({
    where: { ownerId, projectId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    omit: withoutLog,
  });
  return rows.map(toStored);
}

/** The unended ones of all owners, oldest first. */
export async function listLivePreviews(database: Database): Promise<StoredPreview[]> {
  const rows = await database.prisma.preview.findMany({ where: live, orderBy: { id: "asc" }, omit: withoutLog });
  return rows.map(toStored);
}

/** Those whose databases were not dropped when they ended. */
export async function listPreviewsWithDatabase(database: Database): Promise<StoredPreview[]> {
  const rows = await database.prisma.preview.findMany({
    where: { NOT: live, databaseName: { not: null } },
    omit: withoutLog,
  });
  return rows.map(toStored);
}

/** Requests that the preview process stop one. One that was not taken yet ends here. */
export async function requestPreviewStop({
  transaction,
  ownerId,
  previewId,
  reason,
}: {
  transaction: Transaction;
  ownerId: string;
  previewId: PreviewId;
  reason: string;
}): Promise<void> {
  const where = { id: previewId, ownerId };
  const now = new Date();
  await transaction.preview.updateMany({
    where: { ...where, status: "STARTING", step: null },
    data: { status: "STOPPED", reason, endedAt: now, liveGenerationId: null },
  });
  const { count } = await transaction.preview.updateMany({
    where: { ...where, ...live, stopRequestedAt: null },
    data: { stopRequestedAt: now, reason, liveGenerationId: null },
  });
  if (count > 0) await notifyPreviews(transaction);
}

/** False if it was stopped first. */
export async function takePreview({
  database,
  previewId,
}: {
  database: Database;
  previewId: PreviewId;
}): Promise<boolean> {
  const { count } = await database.prisma.preview.updateMany({
    where: { id: previewId, status: "STARTING", step: null },
    data: { step: "files" satisfies PreviewStep },
  });
  return count === 1;
}

/** Records the state of a live preview. An ended one stays unchanged. */
export async function notePreview({
  database,
  previewId,
  change: { log, ...change },
}: {
  database: Database;
  previewId: PreviewId;
  change: {
    step?: PreviewStep;
    port?: number;
    log?: { text: string; isCut: boolean };
    usedAt?: Date;
    databaseName?: string;
  };
}): Promise<void> {
  await database.prisma.preview.updateMany({
    where: { id: previewId, ...live },
    data: {
      ...change,
      ...(change.port === undefined ? {} : { status: "READY" }),
      ...(log === undefined ? {} : { log: toStorableText(log.text), logIsCut: log.isCut }),
    },
  });
}

/** Ends a live preview. The reason of a stop request takes precedence over the given one. */
export async function endPreview({
  database,
  previewId,
  status,
  reason,
}: {
  database: Database;
  previewId: PreviewId;
  status: "STOPPED" | "FAILED";
  reason: string;
}): Promise<void> {
  const ended = { step: null, endedAt: new Date(), liveGenerationId: null };
  const where = { id: previewId, ...live };
  await database.prisma.preview.updateMany({
    where: { ...where, NOT: { stopRequestedAt: null } },
    data: { ...ended, status: "STOPPED" },
  });
  await database.prisma.preview.updateMany({ where, data: { ...ended, status, reason: toStorableText(reason) } });
}

/** Its database was dropped. */
export async function forgetPreviewDatabase({
  database,
  previewId,
}: {
  database: Database;
  previewId: PreviewId;
}): Promise<void> {
  await database.prisma.preview.updateMany({ where: { id: previewId }, data: { databaseName: null } });
}

async function notifyPreviews(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`SELECT pg_notify('graft_preview', '')`;
}

function previewNotFound(previewId: PreviewId): AppError {
  return new AppError({
    code: "PREVIEW_NOT_FOUND",
    message:
      "There is no such preview: a project keeps its last ten. Nothing was changed. Start the version's preview again.",
    details: { previewId },
  });
}

function toStored(row: Prisma.PreviewGetPayload<{ omit: typeof withoutLog }>): StoredPreview {
  const { id, projectId, generationId, step, liveGenerationId: _, ...fields } = row;
  return {
    ...fields,
    previewId: id as PreviewId,
    projectId: projectId as ProjectId,
    generationId: generationId as GenerationId,
    step: step as PreviewStep | null,
  };
}
