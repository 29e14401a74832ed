import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { ContentHash, FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Database } from "../database.ts";
import { hashFromBytes, hashToBytes } from "./hash-bytes.ts";

type VersionHead = {
  generationId: GenerationId;
  version: number;
  kind: GenerationKind;
  prompt: string | null;
  createdAt: string;
};

export type ChangedContent = {
  path: FilePath;
  previousPath: FilePath | null;
  oldHash: ContentHash | null;
  newHash: ContentHash | null;
};

/** A project's versions before `before`, newest first. */
export async function listVersionsBefore({
  database,
  projectId,
  before,
  limit,
}: {
  database: Database;
  projectId: ProjectId;
  before: number | null;
  limit: number;
}): Promise<VersionHead[]> {
  const rows = await database.prisma.generation.findMany({
    where: { projectId, ...(before === null ? {} : { version: { lt: before } }) },
    orderBy: { version: "desc" },
    take: limit,
    select: { id: true, version: true, kind: true, prompt: true, createdAt: true },
  });
  return rows.map(({ id, createdAt, ...row }) => ({
    ...row,
    generationId: id as GenerationId,
    createdAt: createdAt.toISOString(),
  }));
}

/** The files of a version whose content differs from its parent's, by path, without symbolic links. */
export async function listChangedContents({
  database,
  generationId,
}: {
  database: Database;
  generationId: GenerationId;
}): Promise<ChangedContent[]> {
  const rows = await database.prisma.generationChange.findMany({
    where: { generationId },
    orderBy: { path: "asc" },
    select: { path: true, previousPath: true, oldHash: true, newHash: true, oldMode: true, newMode: true },
  });
  return rows
    .map((row) => ({
      path: row.path as FilePath,
      previousPath: row.previousPath as FilePath | null,
      oldHash: readHash({ hash: row.oldHash, mode: row.oldMode }),
      newHash: readHash({ hash: row.newHash, mode: row.newMode }),
    }))
    .filter(({ oldHash, newHash }) => oldHash !== newHash);
}

function readHash({ hash, mode }: { hash: Uint8Array | null; mode: string | null }): ContentHash | null {
  return hash === null || mode === "120000" ? null : hashFromBytes(hash);
}

/** Sizes in bytes of stored contents. */
export async function readContentSizes({
  database,
  hashes,
}: {
  database: Database;
  hashes: readonly ContentHash[];
}): Promise<Map<ContentHash, number>> {
  const rows = await database.prisma.$queryRaw<{ hash: Uint8Array; sizeBytes: number }[]>`
    SELECT hash, "sizeBytes" FROM "Blob" WHERE hash = ANY(${hashes.map(hashToBytes)}::bytea[])`;
  return new Map(rows.map(({ hash, sizeBytes }) => [hashFromBytes(hash), sizeBytes]));
}
