import type { ContentHash, GenerationId } from "#lib/contracts/ids.ts";
import type { Database } from "../database.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";

type Ancestor = { generationId: GenerationId; version: number; rootTreeHash: ContentHash };

/** A version and its ancestors by first parents, newest first. */
export async function listAncestors({
  database,
  generationId,
  limit,
}: {
  database: Database;
  generationId: GenerationId;
  limit: number;
}): Promise<Ancestor[]> {
  const rows = await database.prisma.$queryRaw<{ id: string; version: number; rootTreeHash: Uint8Array }[]>`
    WITH RECURSIVE line(id, step) AS (
      SELECT ${generationId}::text, 1
      UNION ALL
      SELECT p."parentId", line.step + 1 FROM line JOIN "GenerationParent" p ON p."generationId" = line.id AND p.position = 0
      WHERE line.step < ${limit})
    SELECT g.id, g.version, g."rootTreeHash" FROM line JOIN "Generation" g USING (id) ORDER BY g.version DESC`;
  return rows.map(({ id, version, rootTreeHash }) => ({
    generationId: id as GenerationId,
    version,
    rootTreeHash: hashFromBytes(rootTreeHash),
  }));
}
