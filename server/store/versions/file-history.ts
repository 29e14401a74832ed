import type { FileLocationOutput, FileRevision } from "#lib/contracts/comparisons/file-history.ts";
import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Database } from "../database.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";

type RevisionRow = {
  generationId: string;
  version: number;
  kind: GenerationKind;
  author: string;
  prompt: string | null;
  createdAt: Date;
  path: string;
  previousPath: string | null;
  disposition: FileRevision["disposition"];
  newHash: Uint8Array<ArrayBuffer>;
  additions: number;
  deletions: number;
};

/**
 * The versions that changed a file, newest first, back to the file's creation. Follows first parents and moves. If a
 * roll back or a restore copied the file, continues in the version that the file came from, so that blame shows the
 * original author.
 */
export async function listFileRevisions({
  database,
  generationId,
  path,
  limit,
}: {
  database: Database;
  generationId: GenerationId;
  path: FilePath;
  limit: number;
}): Promise<FileRevision[]> {
  const rows = await database.prisma.$queryRaw<RevisionRow[]>`
    WITH RECURSIVE walk AS (
      SELECT ${generationId}::text AS id, ${path}::text AS path, 0 AS step
      UNION ALL
      SELECT
        CASE WHEN change.cause IN ('rollback', 'restore') AND generation."sourceGenerationId" IS NOT NULL THEN generation."sourceGenerationId" ELSE parent."parentId" END,
        CASE WHEN change.cause IN ('rollback', 'restore') AND generation."sourceGenerationId" IS NOT NULL THEN walk.path ELSE COALESCE(change."previousPath", walk.path) END,
        walk.step + 1
      FROM walk
      JOIN "Generation" generation ON generation.id = walk.id
      LEFT JOIN "GenerationParent" parent ON parent."generationId" = walk.id AND parent.position = 0
      LEFT JOIN "GenerationChange" change ON change."generationId" = walk.id AND change.path = walk.path
      WHERE parent."parentId" IS NOT NULL
        AND (change.path IS NULL OR change.disposition <> 'added' OR (change.cause IN ('rollback', 'restore') AND generation."sourceGenerationId" IS NOT NULL))
    )
    SELECT generation.id AS "generationId", generation.version, generation.kind::text, generation.author, generation.prompt, generation."createdAt",
      change.path, change."previousPath", change.disposition::text, change."newHash", change.additions, change.deletions
    FROM walk
    JOIN "GenerationChange" change ON change."generationId" = walk.id AND change.path = walk.path AND change."newHash" IS NOT NULL
    JOIN "Generation" generation ON generation.id = walk.id
    ORDER BY walk.step
    LIMIT ${limit}`;
  return rows.map((row) => ({
    generationId: row.generationId as GenerationId,
    version: row.version,
    kind: row.kind,
    author: row.author === "model" ? "model" : "user",
    prompt: row.prompt,
    createdAt: row.createdAt.toISOString(),
    path: row.path as FilePath,
    previousPath: row.previousPath as FilePath | null,
    disposition: row.disposition,
    contentHash: hashFromBytes(row.newHash),
    additions: row.additions,
    deletions: row.deletions,
  }));
}

type RemovalRow = {
  generationId: string;
  version: number;
  movedTo: string | null;
  beforeId: string;
  beforeVersion: number;
};

/** The nearest ancestor by first parents that deleted or moved the file; null if there is none. */
export async function findFileRemoval({
  database,
  generationId,
  path,
}: {
  database: Database;
  generationId: GenerationId;
  path: FilePath;
}): Promise<FileLocationOutput | null> {
  const [row] = await database.prisma.$queryRaw<RemovalRow[]>`
    WITH RECURSIVE walk AS (
      SELECT ${generationId}::text AS id
      UNION ALL
      SELECT parent."parentId"
      FROM walk
      JOIN "GenerationParent" parent ON parent."generationId" = walk.id AND parent.position = 0
      WHERE NOT EXISTS (
        SELECT 1 FROM "GenerationChange" change
        WHERE change."generationId" = walk.id AND ((change.path = ${path} AND change.disposition = 'deleted') OR change."previousPath" = ${path})
      )
    )
    SELECT generation.id AS "generationId", generation.version, before.id AS "beforeId", before.version AS "beforeVersion",
      CASE WHEN change."previousPath" = ${path} THEN change.path END AS "movedTo"
    FROM walk
    JOIN "GenerationChange" change ON change."generationId" = walk.id AND ((change.path = ${path} AND change.disposition = 'deleted') OR change."previousPath" = ${path})
    JOIN "Generation" generation ON generation.id = walk.id
    JOIN "GenerationParent" parent ON parent."generationId" = walk.id AND parent.position = 0
    JOIN "Generation" before ON before.id = parent."parentId"
    LIMIT 1`;
  if (row === undefined) return null;
  return {
    removedIn: {
      generationId: row.generationId as GenerationId,
      version: row.version,
      movedTo: row.movedTo as FilePath | null,
    },
    lastIn: { generationId: row.beforeId as GenerationId, version: row.beforeVersion },
  };
}

/** The newest version of a project that wrote a file; null if there is none. */
export async function findNewestWithFile({
  database,
  projectId,
  path,
}: {
  database: Database;
  projectId: ProjectId;
  path: FilePath;
}): Promise<FileLocationOutput["lastIn"]> {
  const change = await database.prisma.generationChange.findFirst({
    where: { path, newHash: { not: null }, generation: { projectId } },
    orderBy: { generation: { version: "desc" } },
    select: { generation: { select: { id: true, version: true } } },
  });
  return change === null
    ? null
    : { generationId: change.generation.id as GenerationId, version: change.generation.version };
}
