import type { CandidateOutput } from "#lib/contracts/runs/candidate.ts";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { LedgerCounts } from "#lib/contracts/versions/ledger.ts";
import type { CandidateCheck } from "#lib/contracts/versions/check.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { RunCandidate, RunFailure } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Database } from "../database.ts";
import type { Prisma } from "../prisma-client/client.ts";

/** The runs that were submitted with this one, in order; empty for a run that answers alone. */
export async function listSiblingRuns({
  database,
  runId,
}: {
  database: Database;
  runId: RunId;
}): Promise<{ projectId: ProjectId; runId: RunId }[]> {
  const row = await database.prisma.run.findUnique({ where: { id: runId }, select: { candidateSetId: true } });
  if (row === null || row.candidateSetId === null) return [];
  const { candidateSetId } = row;
  const rows = await database.prisma.run.findMany({
    where: { id: { not: runId }, candidateSetId, retryOfRunId: null, continuesRunId: null },
    orderBy: { candidatePlace: "asc" },
    select: { id: true, projectId: true },
  });
  return rows.map(({ id, projectId }) => ({ projectId: projectId as ProjectId, runId: id as RunId }));
}

const candidateSelect = {
  id: true,
  candidatePlace: true,
  modelId: true,
  mode: true,
  status: true,
  failure: true,
  usage: true,
  candidate: true,
  summary: true,
  createdAt: true,
  endedAt: true,
  completedByRunId: true,
  generation: {
    select: {
      id: true,
      version: true,
      keptCount: true,
      modifiedCount: true,
      addedCount: true,
      deletedCount: true,
      movedCount: true,
      totalCount: true,
      issues: true,
      changes: { select: { additions: true, deletions: true } },
    },
  },
} satisfies Prisma.RunSelect;

type CandidateRow = Prisma.RunGetPayload<{ select: typeof candidateSelect }>;

/** `heldChecks` are the checks of a result that is held for a decision. */
export type StoredCandidate = Omit<CandidateOutput, "checks"> & { heldChecks: CandidateCheck[] };

/** The answers of a set, one per place: of a run and its retries and continuations, the newest. */
export async function listCandidates({
  database,
  ownerId,
  setId,
}: {
  database: Database;
  ownerId: string;
  setId: string;
}): Promise<StoredCandidate[]> {
  const rows = await database.prisma.run.findMany({
    where: { candidateSetId: setId, ownerId },
    orderBy: [{ candidatePlace: "asc" }, { createdAt: "desc" }, { id: "desc" }],
    select: candidateSelect,
  });
  const byPlace = Map.groupBy(rows, ({ candidatePlace }) => candidatePlace ?? 0);
  return [...byPlace].flatMap(([place, runs]) => {
    // An attempt that the user accepted counts before a later one that made nothing.
    const shown = runs.find(({ generation }) => generation !== null) ?? runs[0];
    return shown === undefined ? [] : [toCandidate({ place, row: shown })];
  });
}

function toCandidate({ place, row }: { place: number; row: CandidateRow }): StoredCandidate {
  const { generation } = row;
  const held = row.candidate as RunCandidate | null;
  const changes = generation?.changes ?? held?.changes ?? [];
  const issues = (generation?.issues as ValidationIssue[] | undefined) ?? held?.issues ?? [];
  const failure = row.failure as RunFailure | null;
  return {
    place,
    runId: row.id as RunId,
    model: row.modelId,
    mode: row.mode,
    status: row.status,
    failure: row.status === "SUCCEEDED" || failure === null ? null : { code: failure.code, message: failure.message },
    generationId: (generation?.id ?? null) as GenerationId | null,
    version: generation?.version ?? null,
    counts: generation === null ? (held?.counts ?? null) : toCounts(generation),
    additions: changes.reduce((sum, { additions }) => sum + additions, 0),
    deletions: changes.reduce((sum, { deletions }) => sum + deletions, 0),
    beyondScopeCount: new Set(issues.filter(({ validator }) => validator === "scope").map(({ path }) => path)).size,
    issueCount: issues.filter(({ validator }) => validator !== "scope").length,
    heldChecks: generation === null ? (held?.checks ?? []) : [],
    summary: row.summary,
    costUsd: (row.usage as ModelUsage | null)?.costUsd ?? null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function toCounts(generation: NonNullable<CandidateRow["generation"]>): LedgerCounts {
  return {
    kept: generation.keptCount,
    modified: generation.modifiedCount,
    added: generation.addedCount,
    deleted: generation.deletedCount,
    moved: generation.movedCount,
    total: generation.totalCount,
  };
}
