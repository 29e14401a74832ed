import type { ContentHash, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ScreenshotItem } from "#lib/contracts/versions/preview.ts";
import { AppError } from "#lib/errors.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { insertBlobs, loadBlobs } from "../contents/blobs.ts";
import { hashFromBytes, hashToBytes } from "../contents/hash-bytes.ts";
import type { Database } from "../database.ts";

export async function hasScreenshot({
  database,
  generationId,
}: {
  database: Database;
  generationId: GenerationId;
}): Promise<boolean> {
  return (await database.prisma.screenshot.count({ where: { generationId } })) > 0;
}

/** A version's first screenshot stays; a later one is dropped. */
export async function insertScreenshot({
  database,
  generationId,
  bytes,
  width,
  height,
}: {
  database: Database;
  generationId: GenerationId;
  bytes: Uint8Array;
  width: number;
  height: number;
}): Promise<void> {
  const hash = hashContent(bytes);
  await database.prisma.$transaction(async (transaction) => {
    await insertBlobs({ transaction, contents: new Map([[hash, bytes]]), bases: new Map() });
    await transaction.screenshot.createMany({
      data: [{ generationId, width, height, contentHash: hashToBytes(hash) }],
      skipDuplicates: true,
    });
  });
}

/** Those of a project's versions, newest version first. */
export async function listScreenshots({
  database,
  ownerId,
  projectId,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
}): Promise<ScreenshotItem[]> {
  const rows = await database.prisma.screenshot.findMany({
    where: { generation: { projectId, project: { ownerId } } },
    orderBy: { generation: { version: "desc" } },
  });
  return rows.map(({ generationId, width, height, takenAt }) => ({
    generationId: generationId as GenerationId,
    width,
    height,
    takenAt: takenAt.toISOString(),
  }));
}

/** @throws AppError FILE_NOT_FOUND, STORED_CONTENT_DAMAGED */
export async function readScreenshot({
  database,
  ownerId,
  generationId,
}: {
  database: Database;
  ownerId: string;
  generationId: GenerationId;
}): Promise<{ contentHash: ContentHash; bytes: Uint8Array }> {
  const row = await database.prisma.screenshot.findFirst({
    where: { generationId, generation: { project: { ownerId } } },
  });
  const contentHash = row === null ? null : hashFromBytes(row.contentHash);
  const bytes =
    contentHash === null
      ? undefined
      : (await loadBlobs({ transaction: database.prisma, hashes: [contentHash] })).get(contentHash);
  if (contentHash === null || bytes === undefined)
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: "There is no screenshot of this version. One is taken when its preview is started.",
      details: { generationId },
    });
  return { contentHash, bytes };
}
