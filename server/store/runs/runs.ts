import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { GenerationId, ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { Page } from "#lib/contracts/page.ts";
import { noProposals, type RunProposals } from "#lib/contracts/runs/proposal.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import {
  insertStage,
  isActive,
  stagesByKind,
  type RequestedMode,
  type RunKind,
  type RunStatus,
} from "#lib/contracts/runs/run-state.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import type {
  FileDecision,
  RepairRound,
  RunCandidate,
  RunFailure,
  RunOutput,
  RunStage,
} from "#lib/contracts/runs/run.ts";
import { AppError } from "#lib/errors.ts";
import { settleProposals } from "#server/core/proposals/settle-proposals.ts";
import type { CandidatePlace, RunRequest } from "#server/orchestrator/ports.ts";
import type { Database, Transaction } from "../database.ts";
import { attachmentsInOrder, insertRunAttachments, toAttachment } from "../run-attachments.ts";
import { Prisma } from "../prisma-client/client.ts";
import { toStorableJson, toStorableText } from "../storable-json.ts";

export type NewRun = Omit<RunRequest, "runId"> & {
  ownerId: string;
  /** The run that it is queued behind. While it has no parent, it waits for that run's version. */
  afterRunId: RunId | null;
  retryOfRunId: RunId | null;
  idempotencyKey: string | null;
  /** Raw SHA-256 of the request that came with the idempotency key. */
  requestHash: Uint8Array<ArrayBuffer> | null;
};

export const activeStatuses: RunStatus[] = ["QUEUED", "RUNNING"];

const outputInclude = {
  attachments: attachmentsInOrder,
  generation: { select: { version: true } },
  after: { select: { id: true, status: true } },
  completedBy: { select: { generationId: true, generation: { select: { version: true } } } },
} satisfies Prisma.RunInclude;

/** Columns that no screen shows and that may be large: a receipt names every file of the parent. */
const outputOmit = {
  context: true,
  summary: true,
  contextReceipt: true,
  decisions: true,
  requestHash: true,
  reviewComments: true,
} satisfies Prisma.RunOmit;

export async function createRun({ transaction, run }: { transaction: Transaction; run: NewRun }): Promise<RunId> {
  const { id } = await transaction.run.create({
    data: {
      ownerId: run.ownerId,
      projectId: run.projectId,
      kind: run.kind,
      parentGenerationId: run.parentGenerationId,
      mode: run.mode,
      modelId: run.modelId,
      prompt: run.prompt,
      techStack: run.techStack,
      domain: run.domain,
      ...(run.context === null ? {} : { context: toStorableJson(run.context) }),
      ...(run.reviewComments.length === 0 ? {} : { reviewComments: toStorableJson(run.reviewComments) }),
      scopeInclude: [...(run.scope.include ?? [])],
      lockedPaths: [...run.scope.locked],
      shownSecretPaths: [...run.shownSecretPaths],
      ...(run.continues === null
        ? {}
        : { continuesRunId: run.continues.runId, decisions: toStorableJson(run.continues.decisions) }),
      ...(run.acceptedPlan === null
        ? {}
        : { plannedByRunId: run.acceptedPlan.runId, plan: run.acceptedPlan.steps.map(toStorableText) }),
      afterRunId: run.afterRunId,
      ...(run.candidate === null ? {} : { candidateSetId: run.candidate.setId, candidatePlace: run.candidate.place }),
      retryOfRunId: run.retryOfRunId,
      idempotencyKey: run.idempotencyKey,
      requestHash: run.requestHash,
    },
    select: { id: true },
  });
  await insertRunAttachments({ transaction, runId: id as RunId, attachments: run.attachments });
  return id as RunId;
}

export async function findRunByIdempotencyKey({
  transaction,
  ownerId,
  idempotencyKey,
}: {
  transaction: Transaction;
  ownerId: string;
  idempotencyKey: string;
}): Promise<{ runId: RunId; projectId: ProjectId; requestHash: Uint8Array | null } | null> {
  const row = await transaction.run.findUnique({
    where: { ownerId_idempotencyKey: { ownerId, idempotencyKey } },
    select: { id: true, projectId: true, requestHash: true },
  });
  return row === null
    ? null
    : { runId: row.id as RunId, projectId: row.projectId as ProjectId, requestHash: row.requestHash };
}

/** What a worker needs to work on a run. @throws AppError RUN_NOT_FOUND */
export async function getRunRequest({
  database,
  runId,
}: {
  database: Database;
  runId: RunId;
}): Promise<RunRequest & { status: RunStatus; ownerId: string; afterRunId: RunId | null; isCancelRequested: boolean }> {
  const row = await database.prisma.run.findUnique({
    where: { id: runId },
    include: { attachments: attachmentsInOrder },
  });
  if (row === null) throw runNotFound(runId);
  return {
    runId,
    ownerId: row.ownerId,
    projectId: row.projectId as ProjectId,
    kind: row.kind,
    parentGenerationId: row.parentGenerationId as GenerationId | null,
    prompt: row.prompt,
    modelId: row.modelId as ModelId,
    mode: row.mode,
    techStack: row.techStack,
    domain: row.domain,
    context: row.context,
    reviewComments: (row.reviewComments as ReviewComment[] | null) ?? [],
    attachments: row.attachments.map(toAttachment),
    scope: { include: row.scopeInclude.length === 0 ? null : row.scopeInclude, locked: row.lockedPaths },
    shownSecretPaths: row.shownSecretPaths,
    candidate: toCandidatePlace(row),
    continues:
      row.continuesRunId === null
        ? null
        : { runId: row.continuesRunId as RunId, decisions: (row.decisions as FileDecision[] | null) ?? [] },
    acceptedPlan: row.plannedByRunId === null ? null : { runId: row.plannedByRunId as RunId, steps: row.plan },
    status: row.status,
    afterRunId: row.afterRunId as RunId | null,
    isCancelRequested: row.cancelRequestedAt !== null,
  };
}

/** @throws AppError RUN_NOT_FOUND */
export async function getRun({
  database,
  ownerId,
  runId,
}: {
  database: Database;
  ownerId: string;
  runId: RunId;
}): Promise<RunOutput> {
  const row = await database.prisma.run.findFirst({
    where: { id: runId, ownerId },
    include: outputInclude,
    omit: outputOmit,
  });
  if (row === null) throw runNotFound(runId);
  const stages = await loadStages({ database, runs: [row] });
  return toOutput({ row, stages: stages.get(runId) ?? [] });
}

/** Newest first: all runs, only active ones, only ended ones, or only those in one state. */
export async function listRuns({
  database,
  ownerId,
  projectId,
  isActive,
  status,
  cursor,
  limit,
}: {
  database: Database;
  ownerId: string;
  projectId: ProjectId;
  isActive: boolean | null;
  status: RunStatus | null;
  cursor: string | null;
  limit: number;
}): Promise<Page<RunOutput>> {
  const rows = await database.prisma.run.findMany({
    where: {
      projectId,
      ownerId,
      AND: [
        isActive === null ? {} : { status: isActive ? { in: activeStatuses } : { notIn: activeStatuses } },
        status === null ? {} : { status },
      ],
    },
    include: outputInclude,
    omit: outputOmit,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    ...(cursor === null ? {} : { cursor: { id: cursor }, skip: 1 }),
  });
  const items = rows.slice(0, limit);
  const stages = await loadStages({ database, runs: items });
  return {
    items: items.map((row) => toOutput({ row, stages: stages.get(row.id) ?? [] })),
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}

export type RunChange = {
  status?: RunStatus;
  modeReason?: string;
  generationId?: GenerationId;
  failure?: RunFailure;
  usage?: ModelUsage;
  summary?: string;
  answer?: string;
  plan?: string[];
  repairs?: RepairRound[];
  proposals?: RunProposals;
  contextReceipt?: ContextReceipt;
  /** Null if it became a version. */
  candidate?: RunCandidate | null;
  waitsForChecks?: boolean;
  isBranch?: boolean;
  attempt?: number;
  crashes?: number;
  /** The current attempt ended cleanly. */
  openAttempt?: null;
  endedAt?: Date;
};

/**
 * Changes a run if its state is one of `from`. False otherwise; then nothing was written. The only way to end a run: a
 * run with open proposals cannot succeed. If a user accepts a held result, its open proposals are omitted.
 */
export async function transitionRun({
  transaction,
  runId,
  from,
  change: given,
}: {
  transaction: Transaction;
  runId: RunId;
  from: RunStatus[];
  change: RunChange;
}): Promise<boolean> {
  const change =
    given.status === "SUCCEEDED" ? { ...given, proposals: await readSettled({ transaction, runId, given }) } : given;
  const {
    failure,
    usage,
    summary,
    answer,
    plan,
    repairs,
    proposals,
    contextReceipt,
    candidate,
    openAttempt,
    ...plain
  } = change;
  const { count } = await transaction.run.updateMany({
    where: { id: runId, status: { in: from } },
    data: {
      ...plain,
      ...(summary === undefined ? {} : { summary: toStorableText(summary) }),
      ...(answer === undefined ? {} : { answer: toStorableText(answer) }),
      ...(plan === undefined ? {} : { plan: plan.map(toStorableText) }),
      ...(failure === undefined ? {} : { failure: toStorableJson(failure) }),
      ...(usage === undefined ? {} : { usage: toStorableJson(usage) }),
      ...(repairs === undefined ? {} : { repairs: toStorableJson(repairs) }),
      ...(proposals === undefined ? {} : { proposals: toStorableJson(proposals) }),
      ...(contextReceipt === undefined ? {} : { contextReceipt: toStorableJson(contextReceipt) }),
      ...(candidate === undefined ? {} : { candidate: candidate === null ? Prisma.DbNull : toStorableJson(candidate) }),
      ...(openAttempt === undefined ? {} : { openAttempt: Prisma.DbNull }),
    },
  });
  return count === 1;
}

async function readSettled({
  transaction,
  runId,
  given,
}: {
  transaction: Transaction;
  runId: RunId;
  given: RunChange;
}): Promise<RunProposals> {
  if (given.proposals !== undefined) {
    if (given.proposals.open > 0) throw new Error(`Run ${runId} would succeed with open proposals.`);
    return given.proposals;
  }
  return settleStored({ transaction, runId, outcome: "refused", reason: "The result was taken without it." });
}

/** The stored proposals of a run, with the open ones marked as decided. */
export async function settleStored({
  transaction,
  runId,
  ...settled
}: { transaction: Transaction; runId: string } & Omit<
  Parameters<typeof settleProposals>[0],
  "proposals"
>): Promise<RunProposals> {
  const row = await transaction.run.findUnique({ where: { id: runId }, select: { proposals: true } });
  return settleProposals({ proposals: (row?.proposals as RunProposals | null | undefined) ?? noProposals, ...settled });
}

/**
 * Locks a run that is about to end. A concurrent cancellation waits and then finds that the run has ended. @throws
 * AppError RUN_NOT_FOUND
 */
export async function lockForEnd({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<{ isCancelRequested: boolean; isCandidate: boolean }> {
  const rows = await transaction.$queryRaw<{ isCancelRequested: boolean; isCandidate: boolean }[]>`
    SELECT "cancelRequestedAt" IS NOT NULL AS "isCancelRequested", "candidateSetId" IS NOT NULL AS "isCandidate" FROM "Run" WHERE id = ${runId} FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) throw runNotFound(runId);
  return row;
}

/**
 * Marks an active run for cancellation and tells its worker.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_ACTIVE
 */
export async function requestCancel({
  transaction,
  ownerId,
  runId,
}: {
  transaction: Transaction;
  ownerId: string;
  runId: RunId;
}): Promise<RunStatus> {
  const row = await transaction.run.findFirst({ where: { id: runId, ownerId }, select: { status: true } });
  if (row === null) throw runNotFound(runId);
  const { count } = await transaction.run.updateMany({
    where: { id: runId, status: { in: ["QUEUED", "RUNNING"] } },
    data: { cancelRequestedAt: new Date() },
  });
  if (count === 0) {
    throw new AppError({
      code: "RUN_NOT_ACTIVE",
      message: `This run has already ended (${row.status.toLowerCase().replace("_", " ")}), so there is nothing to cancel. What it stored is kept.`,
      details: { runId, status: row.status },
    });
  }
  await transaction.$executeRaw`SELECT pg_notify('graft_run_cancel', ${runId})`;
  return row.status;
}

/**
 * Tells the worker of a run to skip the pause before its next try. Lost if no worker listens; the pause then ends by
 * itself.
 */
export async function requestPauseSkip({ database, runId }: { database: Database; runId: RunId }): Promise<void> {
  await database.prisma.$executeRaw`SELECT pg_notify('graft_run_skip_pause', ${runId})`;
}

async function loadStages({
  database,
  runs,
}: {
  database: Database;
  runs: readonly { id: string; kind: RunKind }[];
}): Promise<Map<string, RunStage[]>> {
  const rows = await database.prisma.runEvent.findMany({
    where: {
      runId: { in: runs.map(({ id }) => id) },
      type: { in: ["stage.started", "stage.done", "failed", "cancelled", "needs.review"] },
    },
    orderBy: [{ runId: "asc" }, { sequence: "asc" }],
  });
  const stagesByRun = new Map<string, RunStage[]>(
    runs.map(({ id, kind }) => [id, stagesByKind[kind].map((name) => ({ name, status: "pending" }))]),
  );
  for (const row of rows) {
    const event = row.event as RunEvent;
    let stages = stagesByRun.get(row.runId) ?? [];
    const named = event.type === "stage.started" || event.type === "stage.done" ? event.stage : null;
    if (named !== null && !stages.some(({ name }) => name === named))
      stagesByRun.set(row.runId, (stages = insertStage(stages, { name: named, status: "pending" })));
    for (const stage of stages) {
      if (event.type === "stage.started" && stage.name === event.stage)
        Object.assign(stage, { status: "running", startedAt: row.createdAt.toISOString() });
      else if (event.type === "stage.done" && stage.name === event.stage)
        Object.assign(stage, { status: "done", durationMs: event.durationMs });
      else if (stage.status === "running" && (event.type === "failed" || event.type === "cancelled"))
        stage.status = "failed";
    }
  }
  return stagesByRun;
}

function toOutput({
  row,
  stages,
}: {
  row: Prisma.RunGetPayload<{ include: typeof outputInclude; omit: typeof outputOmit }>;
  stages: RunStage[];
}): RunOutput {
  return {
    runId: row.id as RunId,
    projectId: row.projectId as ProjectId,
    kind: row.kind,
    parentGenerationId: row.parentGenerationId as GenerationId | null,
    status: row.status,
    mode: row.mode as RequestedMode,
    modeReason: row.modeReason,
    model: row.modelId,
    prompt: row.prompt,
    generationId: (row.generationId ?? row.completedBy?.generationId ?? null) as GenerationId | null,
    version: row.generation?.version ?? row.completedBy?.generation?.version ?? null,
    // If the user accepted the result of an ended run, it has a result and no failure.
    failure: row.status === "SUCCEEDED" ? null : (row.failure as RunFailure | null),
    answer: row.answer,
    plan: row.plan,
    stages,
    usage: (row.usage as ModelUsage | null) ?? noUsage,
    repairs: (row.repairs as RepairRound[] | null) ?? [],
    proposals: (row.proposals as RunProposals | null) ?? noProposals,
    continuesRunId: row.continuesRunId as RunId | null,
    afterRunId: row.afterRunId as RunId | null,
    waitsFor:
      row.status === "QUEUED" && row.parentGenerationId === null && row.after !== null
        ? { runId: row.after.id as RunId, status: row.after.status }
        : null,
    completedByRunId: row.completedByRunId as RunId | null,
    // The candidate of a waiting run is not open for decisions.
    holds: row.candidate === null || isActive(row.status) ? null : (row.candidate as RunCandidate),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    lastEventId: String(row.lastSequence),
    isBranch: row.isBranch,
    candidate: toCandidatePlace(row),
    attachments: row.attachments.map(toAttachment),
  };
}

function toCandidatePlace({
  candidateSetId,
  candidatePlace,
}: {
  candidateSetId: string | null;
  candidatePlace: number | null;
}): CandidatePlace | null {
  return candidateSetId === null ? null : { setId: candidateSetId, place: candidatePlace ?? 0 };
}

export function runNotFound(runId: RunId): AppError {
  return new AppError({
    code: "RUN_NOT_FOUND",
    message: "There is no such run, or it is not yours. The project's history shows its runs.",
    details: { runId },
  });
}
