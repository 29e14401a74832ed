import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ObjectId, RunId } from "#lib/contracts/ids.ts";
import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { ValidationIssue, ValidationSummary } from "#lib/contracts/versions/validation.ts";
import { decodeCommit } from "#server/core/git/decode-commit.ts";
import type { Database } from "../database.ts";
import type { Prisma } from "../prisma-client/client.ts";

/** The columns of a generation and its relations that a client receives. */
export const generationOutputInclude = {
  parents: { select: { parentId: true }, orderBy: { position: "asc" } },
  project: { select: { headGenerationId: true } },
  run: { select: { id: true, modelId: true, usage: true, candidateSetId: true } },
  mark: { select: { label: true, isBookmarked: true } },
  pushed: { select: { bytes: true, commitId: true } },
} satisfies Prisma.GenerationInclude;

type GenerationRow = Prisma.GenerationGetPayload<{ include: typeof generationOutputInclude }>;
type LineCounts = Pick<GenerationOutput, "additions" | "deletions">;

/** Rows in wire format, in the same order, with their changed line counts. */
export async function toGenerationOutputs({
  database,
  rows,
}: {
  database: Database;
  rows: readonly GenerationRow[];
}): Promise<GenerationOutput[]> {
  const sums = await database.prisma.generationChange.groupBy({
    by: ["generationId"],
    where: { generationId: { in: rows.map(({ id }) => id) } },
    _sum: { additions: true, deletions: true },
  });
  const lines = new Map(
    sums.map(({ generationId, _sum }) => [
      generationId,
      { additions: _sum.additions ?? 0, deletions: _sum.deletions ?? 0 },
    ]),
  );
  return rows.map((row) => toOutput({ row, lines: lines.get(row.id) ?? { additions: 0, deletions: 0 } }));
}

export async function toGenerationOutput({
  database,
  row,
}: {
  database: Database;
  row: GenerationRow;
}): Promise<GenerationOutput> {
  const [output] = await toGenerationOutputs({ database, rows: [row] });
  if (output === undefined) throw new TypeError("One row has one output.");
  return output;
}

function toOutput({ row, lines }: { row: GenerationRow; lines: LineCounts }): GenerationOutput {
  return {
    generationId: row.id as GenerationId,
    version: row.version,
    parentGenerationIds: row.parents.map(({ parentId }) => parentId as GenerationId),
    kind: row.kind as GenerationKind,
    author: row.author === "model" ? "model" : "user",
    authorName: row.pushed === null ? null : decodeCommit(row.pushed.bytes).authorName,
    commitId: row.pushed === null ? null : (Buffer.from(row.pushed.commitId).toString("hex") as ObjectId),
    prompt: row.prompt,
    label: row.mark?.label ?? null,
    isBookmarked: row.mark?.isBookmarked ?? false,
    isHead: row.project.headGenerationId === row.id,
    counts: toCounts(row),
    ...lines,
    validation: summarizeIssues(row.issues as ValidationIssue[]),
    createdAt: row.createdAt.toISOString(),
    runId: (row.run?.id as RunId | undefined) ?? null,
    sourceGenerationId: row.sourceGenerationId as GenerationId | null,
    model: row.run?.modelId ?? null,
    candidateSetId: row.run?.candidateSetId ?? null,
    costUsd: (row.run?.usage as ModelUsage | null | undefined)?.costUsd ?? null,
  };
}

function toCounts(row: GenerationRow): LedgerCounts {
  return {
    kept: row.keptCount,
    modified: row.modifiedCount,
    added: row.addedCount,
    deleted: row.deletedCount,
    moved: row.movedCount,
    total: row.totalCount,
  };
}

function summarizeIssues(issues: ValidationIssue[]): ValidationSummary {
  const failed = issues.some((issue) => issue.severity === "error");
  return { status: failed ? "failed" : issues.length > 0 ? "warnings" : "passed", issueCount: issues.length };
}
