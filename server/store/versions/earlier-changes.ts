import type { GenerationId } from "#lib/contracts/ids.ts";
import type { EarlierChange } from "#server/core/ranking/score-history.ts";
import type { Database } from "../database.ts";

type Row = { prompt: string | null; paths: string[] };

/** A version that changed more files is an import or a sweeping change. */
const maxPathsPerChange = 60;

/**
 * The ancestors of a generation including itself, by first parents and newest first, with the paths that each changed.
 * Imports and sweeping changes are omitted.
 */
export async function listEarlierChanges({
  database,
  generationId,
  limit,
}: {
  database: Database;
  generationId: GenerationId;
  limit: number;
}): Promise<EarlierChange[]> {
  const rows = await database.prisma.$queryRaw<Row[]>`
    WITH RECURSIVE walk AS (
      SELECT ${generationId}::text AS id, 0 AS step
      UNION ALL
      SELECT parent."parentId", walk.step + 1
      FROM walk
      JOIN "GenerationParent" parent ON parent."generationId" = walk.id AND parent.position = 0
      WHERE walk.step < ${limit}
    )
    SELECT generation.prompt, array_agg(change.path) AS paths
    FROM walk
    JOIN "Generation" generation ON generation.id = walk.id AND generation.kind <> 'import'
    JOIN "GenerationChange" change ON change."generationId" = walk.id
    GROUP BY walk.step, generation.id
    HAVING count(*) <= ${maxPathsPerChange}
    ORDER BY walk.step`;
  return rows.map(({ prompt, paths }) => ({ prompt: prompt ?? "", paths }));
}
