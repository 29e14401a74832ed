import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { Page } from "#lib/contracts/page.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { AppError } from "#lib/errors.ts";
import type { Database, Transaction } from "./database.ts";
import { hasNotBegun } from "./runs/queued-runs.ts";
import { matchWords } from "./match-words.ts";
import { countWaitingRuns } from "./runs/waiting-runs.ts";
import type { Prisma } from "./prisma-client/client.ts";

const outputInclude = {
  _count: { select: { generations: true } },
  runs: {
    where: { NOT: hasNotBegun },
    select: { id: true, status: true, prompt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 1,
  },
} satisfies Prisma.ProjectInclude;

type ProjectRow = Prisma.ProjectGetPayload<{ include: typeof outputInclude }>;

export async function createProject({
  transaction,
  ownerId,
  name,
}: {
  transaction: Transaction;
  ownerId: string;
  name: string;
}): Promise<ProjectId> {
  const { id } = await transaction.project.create({ data: { ownerId, name }, select: { id: true } });
  return id as ProjectId;
}

/** @throws AppError PROJECT_NOT_FOUND */
export async function getProject({
  database,
  ownerId,
  projectId,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
}): Promise<ProjectOutput> {
  const row = await database.prisma.project.findFirst({ where: { id: projectId, ownerId }, include: outputInclude });
  if (row === null) throw projectNotFound(projectId);
  const [output] = await withFigures({ database, rows: [row] });
  if (output === undefined) throw projectNotFound(projectId);
  return output;
}

/** @throws AppError PROJECT_NOT_FOUND */
export async function assertProject({
  database,
  ownerId,
  projectId,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
}): Promise<void> {
  const row = await database.prisma.project.findFirst({ where: { id: projectId, ownerId }, select: { id: true } });
  if (row === null) throw projectNotFound(projectId);
}

/**
 * Archived or unarchived projects: the last changed first, or the pinned ones and then the last opened. With a query,
 * only those whose name or prompts contain all of its words.
 */
export async function listProjects({
  database,
  ownerId,
  isArchived,
  query,
  order,
  cursor,
  limit,
}: {
  database: Database;
  ownerId: string;
  isArchived: boolean;
  query: string;
  order: "changed" | "opened";
  cursor: string | null;
  limit: number;
}): Promise<Page<ProjectOutput>> {
  const rows = await database.prisma.project.findMany({
    where: {
      ownerId,
      archivedAt: isArchived ? { not: null } : null,
      AND: matchWords({
        query,
        toCondition: (text) => ({ OR: [{ name: text }, { runs: { some: { prompt: text } } }] }),
      }),
    },
    orderBy: [
      ...(order === "opened"
        ? [{ pinnedAt: { sort: "asc", nulls: "last" } } as const, { openedAt: "desc" } as const]
        : [{ updatedAt: "desc" } as const]),
      { id: "desc" },
    ],
    take: limit + 1,
    ...(cursor === null ? {} : { cursor: { id: cursor }, skip: 1 }),
    include: outputInclude,
  });
  const items = rows.slice(0, limit);
  return {
    items: await withFigures({ database, rows: items }),
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}

/** @throws AppError PROJECT_NOT_FOUND */
export async function changeProject({
  database,
  ownerId,
  projectId,
  change,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
  change: { name: string } | { archivedAt: Date | null };
}): Promise<ProjectOutput> {
  const { count } = await database.prisma.project.updateMany({
    where: { id: projectId, ownerId },
    data: { ...change, updatedAt: new Date() },
  });
  if (count === 0) throw projectNotFound(projectId);
  return getProject({ database, ownerId, projectId });
}

/**
 * Replaces a list of paths; with `expected`, only if the stored list is that one.
 *
 * @throws AppError PROJECT_NOT_FOUND, SETTING_CHANGED
 */
export async function setProjectPaths({
  database,
  ownerId,
  projectId,
  name,
  paths,
  expected,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
  name: "lockedPaths" | "shownSecretPaths";
  paths: string[];
  expected: string[] | undefined;
}): Promise<ProjectOutput> {
  const { count } = await database.prisma.project.updateMany({
    where: { id: projectId, ownerId, ...(expected === undefined ? {} : { [name]: { equals: expected } }) },
    data: { [name]: paths, updatedAt: new Date() },
  });
  const project = await getProject({ database, ownerId, projectId });
  if (count > 0) return project;
  const stored = project[name];
  throw new AppError({
    code: "SETTING_CHANGED",
    message: `These paths were changed in another tab and are now: ${stored.length === 0 ? "none" : stored.join(", ")}. Nothing was saved. Save again to replace them with yours.`,
    details: { stored },
  });
}

/** Notes what does not count as a change of the project. @throws AppError PROJECT_NOT_FOUND */
export async function noteProject({
  database,
  ownerId,
  projectId,
  note,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
  note: { openedAt: Date } | { pinnedAt: Date | null };
}): Promise<void> {
  const { count } = await database.prisma.project.updateMany({ where: { id: projectId, ownerId }, data: note });
  if (count === 0) throw projectNotFound(projectId);
}

/**
 * The project's head. Locks the project's row until the transaction ends, so that a change planned against the head
 * still applies.
 *
 * @throws AppError PROJECT_NOT_FOUND, PROJECT_ARCHIVED
 */
export async function lockHead({
  transaction,
  ownerId,
  projectId,
}: {
  transaction: Transaction;
  ownerId: string;
  projectId: ProjectId;
}): Promise<GenerationId | null> {
  const rows = await transaction.$queryRaw<{ headGenerationId: string | null; archivedAt: Date | null }[]>`
    SELECT "headGenerationId", "archivedAt" FROM "Project" WHERE id = ${projectId} AND "ownerId" = ${ownerId} FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) throw projectNotFound(projectId);
  if (row.archivedAt !== null) throw projectArchived(projectId);
  return row.headGenerationId as GenerationId | null;
}

/**
 * Moves the head of a project whose row this transaction has locked.
 *
 * @throws Error if the head is not `from`, which means that the lock was not held
 */
export async function moveHead({
  transaction,
  projectId,
  from,
  to,
}: {
  transaction: Transaction;
  projectId: ProjectId;
  from: GenerationId;
  to: GenerationId;
}): Promise<void> {
  const { count } = await transaction.project.updateMany({
    where: { id: projectId, headGenerationId: from },
    data: { headGenerationId: to, updatedAt: new Date() },
  });
  if (count !== 1) throw new Error(`The head of project ${projectId} moved under its lock.`);
}

/**
 * The project's current head. Nothing is locked, so the head may move before the caller uses it.
 *
 * @throws AppError PROJECT_NOT_FOUND
 */
export async function readHead({
  transaction,
  ownerId,
  projectId,
}: {
  transaction: Transaction;
  ownerId: string;
  projectId: ProjectId;
}): Promise<GenerationId | null> {
  const row = await transaction.project.findFirst({
    where: { id: projectId, ownerId },
    select: { headGenerationId: true },
  });
  if (row === null) throw projectNotFound(projectId);
  return row.headGenerationId as GenerationId | null;
}

async function withFigures({ database, rows }: { database: Database; rows: ProjectRow[] }): Promise<ProjectOutput[]> {
  const headIds = rows.flatMap((row) => row.headGenerationId ?? []);
  const heads =
    headIds.length === 0
      ? []
      : await database.prisma.generation.findMany({
          where: { id: { in: headIds } },
          select: { id: true, version: true },
        });
  const versionById = new Map(heads.map(({ id, version }) => [id, version]));
  const projectIds = rows.map(({ id }) => id);
  const costById = await sumCosts({ database, projectIds });
  const waitingById = await countWaitingRuns({ database, projectIds });
  return rows.map((row) => {
    const [lastRun] = row.runs;
    return {
      projectId: row.id as ProjectId,
      name: row.name,
      headGenerationId: row.headGenerationId as GenerationId | null,
      headVersion: row.headGenerationId === null ? null : (versionById.get(row.headGenerationId) ?? null),
      generationCount: row._count.generations,
      updatedAt: row.updatedAt.toISOString(),
      openedAt: row.openedAt.toISOString(),
      isPinned: row.pinnedAt !== null,
      lockedPaths: row.lockedPaths,
      shownSecretPaths: row.shownSecretPaths,
      archivedAt: row.archivedAt?.toISOString() ?? null,
      lastRun:
        lastRun === undefined ? null : { runId: lastRun.id as RunId, status: lastRun.status, prompt: lastRun.prompt },
      waitingRuns: waitingById.get(row.id) ?? null,
      costUsd: costById.get(row.id) ?? null,
    };
  });
}

/** Projects without any known run cost are omitted. */
async function sumCosts({
  database,
  projectIds,
}: {
  database: Database;
  projectIds: string[];
}): Promise<Map<string, number>> {
  const sums = await database.prisma.$queryRaw<{ projectId: string; usd: number }[]>`
    SELECT "projectId", sum((usage ->> 'costUsd')::float8) AS usd FROM "Run"
    WHERE "projectId" = ANY(${projectIds}) AND usage ->> 'costUsd' IS NOT NULL GROUP BY "projectId"`;
  return new Map(sums.map(({ projectId, usd }) => [projectId, usd]));
}

function projectNotFound(projectId: ProjectId): AppError {
  return new AppError({
    code: "PROJECT_NOT_FOUND",
    message: "There is no such project, or it is not yours. The list of projects shows what there is.",
    details: { projectId },
  });
}

/** Which files runs of the project may change and be shown. @throws AppError PROJECT_NOT_FOUND */
export async function getRunSettings({
  database,
  projectId,
}: {
  database: Database;
  projectId: ProjectId;
}): Promise<{ lockedPaths: string[]; shownSecretPaths: string[] }> {
  const row = await database.prisma.project.findUnique({
    where: { id: projectId },
    select: { lockedPaths: true, shownSecretPaths: true },
  });
  if (row === null) throw projectNotFound(projectId);
  return row;
}

function projectArchived(projectId: ProjectId): AppError {
  return new AppError({
    code: "PROJECT_ARCHIVED",
    message:
      "This project is archived, so nothing new is made in it. Nothing was changed. Bring it back from the archived projects below the list of projects, then try again.",
    details: { projectId },
  });
}

/**
 * Moves a project to the top of the list because a run begins in it.
 *
 * @throws AppError PROJECT_ARCHIVED; the caller must then roll back the transaction
 */
export async function touchProject({
  transaction,
  projectId,
}: {
  transaction: Transaction;
  projectId: ProjectId;
}): Promise<void> {
  const { archivedAt } = await transaction.project.update({
    where: { id: projectId },
    data: { updatedAt: new Date() },
    select: { archivedAt: true },
  });
  if (archivedAt !== null) throw projectArchived(projectId);
}
