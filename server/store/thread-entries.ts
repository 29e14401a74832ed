import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ThreadEntry, ThreadGeneration, ThreadRun } from "#lib/contracts/runs/thread.ts";
import { AppError } from "#lib/errors.ts";
import { followSteps } from "#server/core/brief/follow-steps.ts";
import { decodeCommit } from "#server/core/git/decode-commit.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./prisma-client/client.ts";

/** The end of a page: the time of its last entry, its rank among entries of the same time, and its id. */
type Cursor = { at: string; rank: number; id: string };

/**
 * A page of a project's history, newest first: its versions, and its runs without a version. A version is listed at the
 * time it was stored and a run at the time it was submitted. Neither changes, so a cursor stays valid while entries are
 * added. One statement per page: both kinds are read along their index up to the page size, then the other columns are
 * joined.
 *
 * @throws AppError INVALID_INPUT for a cursor that no page returned
 */
export async function listThreadEntries({
  database,
  projectId,
  hasVersions,
  cursor,
  limit,
}: {
  database: Database;
  projectId: ProjectId;
  /** Returns only runs without a version. */
  hasVersions: boolean;
  cursor: string | null;
  limit: number;
}): Promise<{ items: ThreadEntry[]; nextCursor: string | null }> {
  const after = cursor === null ? null : readCursor(cursor);
  const isAfter =
    after === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(at, rank, id) < (${after.at}::timestamp, ${after.rank}::int, ${after.id}::text)`;
  const rows = await database.prisma.$queryRaw<(Cursor & { entry: StoredEntry })[]>`
    WITH page AS (
      SELECT * FROM (
        (SELECT * FROM (
          SELECT 'generation' AS kind, id, "createdAt" AS at, version AS rank FROM "Generation" WHERE "projectId" = ${projectId} AND ${hasVersions}
        ) versions WHERE ${isAfter} ORDER BY at DESC, rank DESC, id DESC LIMIT ${limit + 1})
        UNION ALL
        (SELECT * FROM (
          SELECT 'run' AS kind, id, "createdAt" AS at, 0 AS rank FROM "Run"
          WHERE "projectId" = ${projectId} AND "generationId" IS NULL AND "completedByRunId" IS NULL
        ) runs WHERE ${isAfter} ORDER BY at DESC, rank DESC, id DESC LIMIT ${limit + 1})
      ) both_kinds ORDER BY at DESC, rank DESC, id DESC LIMIT ${limit + 1}
    )
    SELECT page.id, page.rank, to_char(page.at, 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at,
      CASE page.kind WHEN 'run' THEN run_entry.entry ELSE generation_entry.entry END AS entry
    FROM page
    LEFT JOIN LATERAL (${generationEntry}) generation_entry ON page.kind = 'generation'
    LEFT JOIN LATERAL (${runEntry}) run_entry ON page.kind = 'run'
    ORDER BY page.at DESC, page.rank DESC, page.id DESC`;
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ entry }) => toEntry(entry)),
    nextCursor: rows.length > limit && last !== undefined ? `${last.at}_${last.rank}_${last.id}` : null,
  };
}

/** Of the run `r`. */
const attachments = Prisma.sql`COALESCE((
    SELECT jsonb_agg(jsonb_build_object('position', a.position, 'name', a.name, 'sizeBytes', a."sizeBytes",
      'kind', CASE WHEN a."mediaType" LIKE 'image/%' THEN 'image' ELSE 'text' END) ORDER BY a.position)
    FROM "RunAttachment" a WHERE a."runId" = r.id
  ), '[]'::jsonb)`;

const generationEntry = Prisma.sql`
  SELECT jsonb_build_object(
    'kind', 'generation', 'generationId', g.id, 'version', g.version, 'generationKind', g.kind,
    'parentGenerationIds', COALESCE((
      SELECT jsonb_agg(p."parentId" ORDER BY p.position) FROM "GenerationParent" p WHERE p."generationId" = g.id
    ), '[]'::jsonb),
    'author', g.author, 'pushed', encode(pushed.bytes, 'base64'), 'commitId', encode(pushed."commitId", 'hex'), 'prompt', g.prompt, 'label', m.label, 'isBookmarked', COALESCE(m."isBookmarked", FALSE),
    'isHead', COALESCE(project."headGenerationId" = g.id, FALSE),
    'counts', jsonb_build_object('kept', g."keptCount", 'modified', g."modifiedCount", 'added', g."addedCount",
      'deleted', g."deletedCount", 'moved', g."movedCount", 'total', g."totalCount"),
    'additions', lines.additions, 'deletions', lines.deletions,
    'validation', jsonb_build_object('issueCount', jsonb_array_length(g.issues), 'status', CASE
      WHEN g.issues @> '[{"severity": "error"}]'::jsonb THEN 'failed'
      WHEN jsonb_array_length(g.issues) > 0 THEN 'warnings' ELSE 'passed' END),
    'createdAt', g."createdAt", 'runId', r.id, 'sourceGenerationId', g."sourceGenerationId", 'model', r."modelId",
    'candidateSetId', r."candidateSetId", 'costUsd', r.usage -> 'costUsd', 'summary', r.summary, 'attachments', ${attachments},
    'durationMs', round(extract(epoch FROM r."endedAt" - r."createdAt") * 1000),
    'planned', COALESCE(to_jsonb(r.plan), '[]'::jsonb),
    'changed', CASE WHEN cardinality(r.plan) > 0 THEN (
      SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('path', c.path, 'previousPath', c."previousPath")))
      FROM "GenerationChange" c WHERE c."generationId" = g.id
    ) END
  ) AS entry
  FROM "Generation" g
  JOIN "Project" project ON project.id = g."projectId"
  LEFT JOIN "GenerationMark" m ON m."generationId" = g.id
  LEFT JOIN "Run" r ON r."generationId" = g.id
  LEFT JOIN "PushedCommit" pushed ON pushed."generationId" = g.id
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(c.additions), 0) AS additions, COALESCE(sum(c.deletions), 0) AS deletions
    FROM "GenerationChange" c WHERE c."generationId" = g.id
  ) lines
  WHERE g.id = page.id`;

const runEntry = Prisma.sql`
  SELECT jsonb_build_object(
    'kind', 'run', 'runId', r.id, 'runKind', r.kind, 'status', r.status, 'prompt', r.prompt, 'model', r."modelId",
    'candidateSetId', r."candidateSetId", 'parentGenerationId', r."parentGenerationId", 'parentVersion', parent.version,
    'failure', CASE WHEN r.failure IS NULL THEN NULL
      ELSE jsonb_build_object('code', r.failure -> 'code', 'message', r.failure -> 'message') END,
    'answer', r.answer, 'attachments', ${attachments}, 'plan', to_jsonb(r.plan), 'waitsFor', CASE WHEN r.status = 'QUEUED' AND r."parentGenerationId" IS NULL AND before.id IS NOT NULL
      THEN jsonb_build_object('runId', before.id, 'status', before.status) END,
    'counts', r.candidate -> 'counts', 'costUsd', r.usage -> 'costUsd',
    'createdAt', r."createdAt", 'endedAt', r."endedAt"
  ) AS entry
  FROM "Run" r LEFT JOIN "Generation" parent ON parent.id = r."parentGenerationId"
  LEFT JOIN "Run" before ON before.id = r."afterRunId"
  WHERE r.id = page.id`;

function readCursor(cursor: string): Cursor {
  const [, at, rank, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})_(\d{1,9})_([\w-]{1,100})$/.exec(cursor) ?? [];
  if (at === undefined || rank === undefined || id === undefined || Number.isNaN(Date.parse(`${at}Z`)))
    throw new AppError({
      code: "INVALID_INPUT",
      message: "This cursor is none that a page of the thread gave. Nothing was changed. Begin at the newest page.",
    });
  return { at, rank: Number(rank), id };
}

/**
 * A row as the statement returns it: a pushed version has its commit's bytes as base64, and a plan is not parsed yet.
 */
type StoredEntry =
  | (Omit<ThreadGeneration, "authorName" | "plan"> & {
      pushed: string | null;
      planned: string[];
      changed: Pick<FileDiffEntry, "path" | "previousPath">[] | null;
    })
  | ThreadRun;

/** An entry in wire format. PostgreSQL prints the time without a zone; it is UTC. */
function toEntry(entry: StoredEntry): ThreadEntry {
  const toIso = (text: string) => new Date(`${text}Z`).toISOString();
  if (entry.kind === "run")
    return {
      ...entry,
      createdAt: toIso(entry.createdAt),
      endedAt: entry.endedAt === null ? null : toIso(entry.endedAt),
    };
  const { pushed, planned, changed, ...generation } = entry;
  const steps = followSteps({ plan: planned, files: changed ?? [] });
  return {
    ...generation,
    plan: steps.length === 0 ? null : { doneCount: steps.filter(({ isDone }) => isDone).length, count: steps.length },
    author: entry.author === "model" ? "model" : "user",
    authorName: pushed === null ? null : decodeCommit(new Uint8Array(Buffer.from(pushed, "base64"))).authorName,
    createdAt: toIso(entry.createdAt),
  };
}
