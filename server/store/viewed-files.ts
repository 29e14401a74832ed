import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ContentPair, ViewedMark } from "#server/core/diff/decide-viewed.ts";
import type { Database } from "./database.ts";
import { hashFromBytes, hashToBytes } from "./contents/hash-bytes.ts";

type Owned = { database: Database; ownerId: string; projectId: ProjectId };

/** The viewed marks on some paths of a project, by path. */
export async function listViewedMarks({
  database,
  ownerId,
  projectId,
  paths,
}: Owned & { paths: readonly FilePath[] }): Promise<Map<FilePath, ViewedMark[]>> {
  const rows = await database.prisma.viewedFile.findMany({ where: { ownerId, projectId, path: { in: [...paths] } } });
  return Map.groupBy(
    rows.map(({ path, oldHash, newHash, generationId, viewedAt }) => ({
      path: path as FilePath,
      oldHash: fromBytes(oldHash),
      newHash: fromBytes(newHash),
      generationId: generationId as GenerationId,
      viewedAt,
    })),
    ({ path }) => path,
  );
}

/** Marks two contents of a path as viewed; repeating it renews the mark. */
export async function addViewedMark({
  database,
  ownerId,
  projectId,
  path,
  pair,
  generationId,
}: Owned & { path: FilePath; pair: ContentPair; generationId: GenerationId }): Promise<void> {
  const id = toId({ ownerId, projectId, path, pair });
  const mark = { generationId, viewedAt: new Date() };
  await database.prisma.viewedFile.upsert({
    where: { ownerId_projectId_path_oldHash_newHash: id },
    create: { ...id, ...mark },
    update: mark,
  });
}

export async function removeViewedMark({
  database,
  ownerId,
  projectId,
  path,
  pair,
}: Owned & { path: FilePath; pair: ContentPair }): Promise<void> {
  await database.prisma.viewedFile.deleteMany({ where: toId({ ownerId, projectId, path, pair }) });
}

function toId({
  ownerId,
  projectId,
  path,
  pair,
}: {
  ownerId: string;
  projectId: ProjectId;
  path: FilePath;
  pair: ContentPair;
}) {
  return {
    ownerId,
    projectId,
    path,
    oldHash: hashToBytes(pair.oldHash ?? ""),
    newHash: hashToBytes(pair.newHash ?? ""),
  };
}

function fromBytes(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : hashFromBytes(bytes);
}
