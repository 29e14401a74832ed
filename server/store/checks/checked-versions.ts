import type { ContentHash, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Database } from "../database.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";
import { Prisma } from "../prisma-client/client.ts";

export type CheckedVersion = {
  generationId: GenerationId;
  version: number;
  rootTreeHash: ContentHash;
  /** The root hash of the first parent. */
  parentRootTreeHash: ContentHash | null;
};

type Row = { id: string; version: number; rootTreeHash: Uint8Array; parentRootTreeHash: Uint8Array | null };

/** Versions of a project with their trees, newest first: those before a version, or exactly the given ones. */
export async function listCheckedVersions({
  database,
  projectId,
  before = null,
  generationIds = null,
  limit,
}: {
  database: Database;
  projectId: ProjectId;
  before?: number | null;
  generationIds?: readonly GenerationId[] | null;
  limit: number;
}): Promise<CheckedVersion[]> {
  if (generationIds?.length === 0) return [];
  const earlier = before === null ? Prisma.empty : Prisma.sql`AND g.version < ${before}`;
  const chosen = generationIds === null ? Prisma.empty : Prisma.sql`AND g.id IN (${Prisma.join([...generationIds])})`;
  const rows = await database.prisma.$queryRaw<Row[]>`
    SELECT g.id, g.version, g."rootTreeHash", parent."rootTreeHash" AS "parentRootTreeHash"
    FROM "Generation" g
      LEFT JOIN "GenerationParent" p ON p."generationId" = g.id AND p.position = 0
      LEFT JOIN "Generation" parent ON parent.id = p."parentId"
    WHERE g."projectId" = ${projectId} ${earlier} ${chosen}
    ORDER BY g.version DESC LIMIT ${limit}`;
  return rows.map(({ id, version, rootTreeHash, parentRootTreeHash }) => ({
    generationId: id as GenerationId,
    version,
    rootTreeHash: hashFromBytes(rootTreeHash),
    parentRootTreeHash: parentRootTreeHash === null ? null : hashFromBytes(parentRootTreeHash),
  }));
}
