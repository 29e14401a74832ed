import type { ContentHash, FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Database } from "../database.ts";
import { hashFromBytes } from "../contents/hash-bytes.ts";

/** A version between two others. */
export type VersionStep = {
  generationId: GenerationId;
  kind: GenerationKind;
  prompt: string | null;
  issues: ValidationIssue[];
  /** The summary and plan of its run; null and empty if no run made the version. */
  summary: string | null;
  plan: string[];
};

/** A longer path between two versions is too long to be useful. */
const maxSteps = 200;

/** The head and its ancestors that are not ancestors of the base, oldest first; of a long path the newest part. */
export async function listVersionSteps({
  database,
  base,
  head,
}: {
  database: Database;
  base: GenerationId | null;
  head: GenerationId;
}): Promise<VersionStep[]> {
  const rows = await database.prisma.$queryRaw<
    {
      id: string;
      kind: string;
      prompt: string | null;
      issues: ValidationIssue[];
      summary: string | null;
      plan: string[] | null;
    }[]
  >`
    WITH RECURSIVE
      up_head(id) AS (SELECT ${head}::text UNION SELECT p."parentId" FROM up_head JOIN "GenerationParent" p ON p."generationId" = up_head.id),
      up_base(id) AS (SELECT ${base}::text UNION SELECT p."parentId" FROM up_base JOIN "GenerationParent" p ON p."generationId" = up_base.id)
    SELECT g.id, g.kind::text, g.prompt, g.issues, r.summary, r.plan FROM "Generation" g
    LEFT JOIN "Run" r ON r."generationId" = g.id
    WHERE g.id IN (SELECT id FROM up_head) AND (g.id = ${head} OR NOT EXISTS (SELECT 1 FROM up_base WHERE up_base.id = g.id))
    ORDER BY g.version DESC LIMIT ${maxSteps}`;
  return rows.reverse().map(({ id, kind, plan, ...step }) => ({
    generationId: id as GenerationId,
    kind: kind as GenerationKind,
    plan: plan ?? [],
    ...step,
  }));
}

/** The ids of the head and its ancestors that are not ancestors of the base. */
export async function listVersionsBetween({
  database,
  base,
  head,
}: {
  database: Database;
  base: GenerationId;
  head: GenerationId;
}): Promise<Set<GenerationId>> {
  const rows = await database.prisma.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE
      up_head(id) AS (SELECT ${head}::text UNION SELECT p."parentId" FROM up_head JOIN "GenerationParent" p ON p."generationId" = up_head.id),
      up_base(id) AS (SELECT ${base}::text UNION SELECT p."parentId" FROM up_base JOIN "GenerationParent" p ON p."generationId" = up_base.id)
    SELECT id FROM up_head EXCEPT SELECT id FROM up_base`;
  return new Set(rows.map(({ id }) => id as GenerationId));
}

/**
 * The contents that versions gave to files with findings, by version and path; null if the version deleted the file.
 */
export async function readFoundContents({
  database,
  steps,
}: {
  database: Database;
  steps: readonly VersionStep[];
}): Promise<Map<GenerationId, Map<FilePath, ContentHash | null>>> {
  const found = steps.filter(({ issues }) => issues.length > 0);
  if (found.length === 0) return new Map();
  const rows = await database.prisma.generationChange.findMany({
    where: {
      generationId: { in: found.map(({ generationId }) => generationId) },
      path: { in: [...new Set(found.flatMap(({ issues }) => issues.map(({ path }) => path)))] },
    },
    select: { generationId: true, path: true, newHash: true },
  });
  return new Map(
    [...Map.groupBy(rows, ({ generationId }) => generationId as GenerationId)].map(([id, ofVersion]) => [
      id,
      new Map(
        ofVersion.map(({ path, newHash }) => [path as FilePath, newHash === null ? null : hashFromBytes(newHash)]),
      ),
    ]),
  );
}
