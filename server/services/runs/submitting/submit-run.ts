import { createHash, randomUUID } from "node:crypto";
import type {
  GenerationAskInput,
  GenerationCreateInput,
  GenerationIterateInput,
} from "#lib/contracts/versions/generation.ts";
import type { ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import { AppError, type AppErrorCode } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { wholeProject } from "#server/core/merge/change-scope.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import { insertBlobs } from "#server/store/contents/blobs.ts";
import { acceptAttachments } from "../accept-attachments.ts";
import type { RunRequest } from "#server/orchestrator/ports.ts";
import type { Transaction } from "#server/store/database.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { markCommentsSent, takeReviewComments } from "#server/store/review-comments.ts";
import { isUniqueViolation } from "#server/store/is-unique-violation.ts";
import { lockQueues, moveWaiting } from "#server/store/runs/queued-runs.ts";
import { createProject, getRunSettings, touchProject } from "#server/store/projects.ts";
import { appendRunEvents, readLastEventType } from "#server/store/runs/run-events.ts";
import {
  createRun,
  findRunByIdempotencyKey,
  getRun,
  getRunRequest,
  requestHaste,
  type NewRun,
} from "#server/store/runs/runs.ts";
import { lockForSuccessor } from "#server/store/runs/run-successors.ts";
import { listSiblingRuns } from "#server/store/runs/candidate-runs.ts";
import { copyRunSteps } from "#server/store/runs/run-steps.ts";
import { assertWithinDayLimit, readRunLimitUsd } from "../../operations/spending.ts";
import { advanceQueue } from "../queue/advance-queue.ts";
import { nameFromPrompt } from "./name-from-prompt.ts";
import { candidatesStartAtOnce, idempotencyConflict } from "./refuse-submission.ts";
import { joinQueue } from "../queue/join-queue.ts";

/** `runIds` are all runs of a request for several candidates, in order; `runId` is the first of them. */
export type SubmittedRun = { projectId: ProjectId; runId: RunId; runIds?: RunId[] };

type Submission = { container: Container; ownerId: string };

/**
 * Accepts a creation: the project, its first run and the run's job are stored together, or nothing is.
 *
 * @throws AppError MODEL_NOT_FOUND, MODEL_UNAVAILABLE, BUDGET_EXCEEDED, IDEMPOTENCY_CONFLICT
 */
export async function submitCreation({
  container,
  ownerId,
  input,
}: Submission & { input: GenerationCreateInput }): Promise<SubmittedRun> {
  const modelId = await chooseModel({ container, requested: input.model });
  const { attachments, contents } = acceptAttachments({
    attached: input.attachments ?? [],
    models: [await container.models.get(modelId)],
  });
  return submit({
    contents,
    container,
    ownerId,
    request: input,
    idempotencyKey: input.idempotencyKey ?? null,
    plan: async (transaction) => ({
      projectId: await createProject({ transaction, ownerId, name: input.projectName ?? nameFromPrompt(input.prompt) }),
      kind: "generate",
      parentGenerationId: null,
      prompt: input.prompt,
      modelId,
      mode: input.mode ?? "auto",
      techStack: input.techStack ?? null,
      domain: input.domain ?? null,
      context: input.context ?? null,
      reviewComments: [],
      attachments,
      scope: wholeProject,
      shownSecretPaths: [],
      candidate: null,
      continues: null,
      acceptedPlan: null,
      afterRunId: null,
      retryOfRunId: null,
    }),
  });
}

/**
 * Accepts an iteration on exactly the given generation; with candidates, one run for each of them, all or none.
 *
 * @throws AppError GENERATION_NOT_FOUND, MODEL_NOT_FOUND, MODEL_UNAVAILABLE, BUDGET_EXCEEDED, IDEMPOTENCY_CONFLICT
 */
export async function submitIteration({
  container,
  ownerId,
  input,
}: Submission & { input: GenerationIterateInput }): Promise<SubmittedRun> {
  const [first, ...others] = input.candidates ?? [{ model: input.model, mode: input.mode }];
  const modelId = await chooseModel({ container, requested: first?.model });
  for (const { model } of others) await chooseModel({ container, requested: model });
  const { attachments, contents } = acceptAttachments({
    attached: input.attachments ?? [],
    models: await Promise.all(
      [modelId, ...others.map(({ model }) => model ?? modelId)].map((each) => container.models.get(each)),
    ),
  });
  const setId = input.candidates === undefined ? null : randomUUID();
  if (setId !== null && ((input.queue ?? false) !== false || input.plan === "always")) throw candidatesStartAtOnce();
  if (input.plan === "always") await assertCanTalk({ container, modelId, wanted: "make a plan" });
  const parent = await getStoredGeneration({
    transaction: container.database.prisma,
    generationId: input.parentGenerationId,
    ownerId,
  });
  const { lockedPaths, shownSecretPaths } = await getRunSettings({
    database: container.database,
    projectId: parent.projectId,
  });
  return submit({
    contents,
    container,
    ownerId,
    request: input,
    idempotencyKey: input.idempotencyKey ?? null,
    plan: async (transaction) => {
      const { projectId, generationId } = parent;
      const afterRunId = await joinQueue({ transaction, ownerId, projectId, generationId, queue: input.queue });
      return {
        projectId,
        kind: input.plan === "always" ? "plan" : "generate",
        parentGenerationId: afterRunId === null ? generationId : null,
        afterRunId,
        prompt: input.prompt,
        modelId,
        mode: input.plan === "never" ? "classic" : (first?.mode ?? input.mode ?? "auto"),
        techStack: null,
        domain: null,
        context: input.context ?? null,
        reviewComments: await takeReviewComments({
          transaction,
          ownerId,
          projectId: parent.projectId,
          commentIds: input.commentIds ?? [],
        }),
        attachments,
        scope: { include: input.scope?.include ?? null, locked: lockedPaths },
        shownSecretPaths,
        candidate: setId === null ? null : { setId, place: 0 },
        continues: null,
        acceptedPlan: null,
        retryOfRunId: null,
      };
    },
    planOthers: (run) =>
      others.map(({ model, mode }, index) => ({
        ...run,
        modelId: model ?? modelId,
        mode: input.plan === "never" ? "classic" : (mode ?? input.mode ?? "auto"),
        candidate: setId === null ? null : { setId, place: index + 1 },
      })),
  });
}

/**
 * Accepts a question about a generation. A run of kind `ask` cannot change a file or make a generation.
 *
 * @throws AppError GENERATION_NOT_FOUND, MODEL_NOT_FOUND, MODEL_UNAVAILABLE, MODEL_CANNOT_ANSWER, BUDGET_EXCEEDED,
 *   IDEMPOTENCY_CONFLICT
 */
export async function submitQuestion({
  container,
  ownerId,
  input,
}: Submission & { input: GenerationAskInput }): Promise<SubmittedRun> {
  const modelId = await chooseModel({ container, requested: input.model });
  await assertCanTalk({ container, modelId, wanted: "answer questions" });
  const { projectId, generationId } = await getStoredGeneration({
    transaction: container.database.prisma,
    generationId: input.generationId,
    ownerId,
  });
  const { lockedPaths, shownSecretPaths } = await getRunSettings({ database: container.database, projectId });
  return submit({
    container,
    ownerId,
    request: { kind: "ask", ...input },
    idempotencyKey: input.idempotencyKey ?? null,
    plan: async () => ({
      projectId,
      kind: "ask",
      parentGenerationId: generationId,
      prompt: input.prompt,
      modelId,
      mode: "auto",
      techStack: null,
      domain: null,
      context: null,
      reviewComments: [],
      attachments: [],
      scope: { include: null, locked: lockedPaths },
      shownSecretPaths,
      candidate: null,
      continues: null,
      acceptedPlan: null,
      afterRunId: null,
      retryOfRunId: null,
    }),
  });
}

/**
 * Failures in which the answers so far were good and the next one did not arrive: a retry continues after the last one.
 */
const interruptedCalls: ReadonlySet<AppErrorCode> = new Set([
  "MODEL_UNAVAILABLE",
  "RATE_LIMITED",
  "PROVIDER_AUTH",
  "MODEL_OUTPUT_INVALID",
  "WORKER_LOST",
  "INTERNAL",
]);

/**
 * Repeats the request of an ended run as a new run on the same parent. If a model call failed, the finished ones before
 * it are not paid again; if the answers themselves were the failure, or the user cancelled, everything starts anew. A
 * run that waits for its provider is tried at once and stays the same run. A run has at most one active retry: a second
 * request returns its id.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_RETRYABLE
 */
export async function submitRetry({ container, ownerId, runId }: Submission & { runId: RunId }): Promise<SubmittedRun> {
  const { projectId, status, failure } = await getRun({ database: container.database, ownerId, runId });
  if (
    status === "QUEUED" &&
    (await container.database.prisma.$transaction((transaction) => container.queue.hasten({ transaction, runId })))
  )
    return { projectId, runId };
  if (status === "RUNNING" && (await readLastEventType({ database: container.database, runId })) === "retrying") {
    await requestHaste({ database: container.database, runId });
    return { projectId, runId };
  }
  const request = await getRunRequest({ database: container.database, runId });
  const wasWithdrawn = request.afterRunId !== null && request.parentGenerationId === null;
  if ((status !== "FAILED" && status !== "CANCELLED") || wasWithdrawn) {
    throw new AppError({
      code: "RUN_NOT_RETRYABLE",
      message: wasWithdrawn
        ? "This prompt was withdrawn before it had a version to begin with. Send it again on the version that you want."
        : "Only a run that failed or was cancelled can be retried. This one is left as it is.",
      details: { runId, status },
    });
  }
  await container.models.get(request.modelId);
  const isContinued = status === "FAILED" && failure !== null && (await goesOn({ container, ownerId, failure }));
  // Replayed answers were given under the old choice; a run that starts over uses what the user allows now.
  const { shownSecretPaths } = isContinued
    ? request
    : await getRunSettings({ database: container.database, projectId });
  return container.database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId });
    const { successorId } = await lockForSuccessor({ transaction, runId, kind: "retry" });
    if (successorId !== null) return { projectId, runId: successorId };
    const submitted = await enqueueRun({
      container,
      transaction,
      run: { ...request, shownSecretPaths, ownerId, retryOfRunId: runId, idempotencyKey: null, requestHash: null },
    });
    if (isContinued) await copyRunSteps({ transaction, fromRunId: runId, toRunId: submitted.runId });
    await moveWaiting({ transaction, fromRunId: runId, toRunId: submitted.runId });
    return submitted;
  });
}

/** A run that stopped at its limit continues only if the limit was raised: otherwise it would stop at once. */
async function goesOn({
  container,
  ownerId,
  failure: { code, details },
}: Submission & { failure: RunFailure }): Promise<boolean> {
  if (code !== "BUDGET_EXCEEDED" || typeof details?.["spentUsd"] !== "number") return interruptedCalls.has(code);
  const limitUsd = await readRunLimitUsd({ container, ownerId });
  return limitUsd === null || details["spentUsd"] < limitUsd;
}

/**
 * Starts a run that continues an ended one, or follows its plan. At most one such run is active: a second request
 * returns it.
 *
 * @throws AppError RUN_NOT_IN_REVIEW if another run has completed it meanwhile
 */
export async function submitSuccessor({
  container,
  ownerId,
  request,
  of: { runId, kind },
}: Submission & {
  request: RunRequest;
  of: { runId: RunId; kind: "continuation" | "plan" };
}): Promise<SubmittedRun> {
  await container.models.get(request.modelId);
  return container.database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId: request.projectId });
    const { completedByRunId, successorId } = await lockForSuccessor({ transaction, runId, kind });
    if (completedByRunId !== null) {
      throw new AppError({
        code: "RUN_NOT_IN_REVIEW",
        message: "Another run has completed this one. Nothing was started.",
        details: { completedByRunId },
      });
    }
    if (successorId !== null) return { projectId: request.projectId, runId: successorId };
    const submitted = await enqueueRun({
      container,
      transaction,
      run: { ...request, ownerId, afterRunId: null, retryOfRunId: null, idempotencyKey: null, requestHash: null },
    });
    // What waits for its version now waits for the new run's.
    await moveWaiting({ transaction, fromRunId: runId, toRunId: submitted.runId });
    return submitted;
  });
}

async function chooseModel({
  container,
  requested,
}: {
  container: Container;
  requested: ModelId | undefined;
}): Promise<ModelId> {
  const modelId = requested ?? container.defaultModelId;
  await container.models.get(modelId);
  return modelId;
}

/** The built-in generator follows rules: it can create and change projects, but cannot answer questions about them. */
async function assertCanTalk({
  container,
  modelId,
  wanted,
}: {
  container: Container;
  modelId: ModelId;
  wanted: "answer questions" | "make a plan";
}): Promise<void> {
  const { provider, label } = await container.models.get(modelId);
  if (provider !== "builtin") return;
  throw new AppError({
    code: "MODEL_CANNOT_ANSWER",
    message: `${label} works by rules and cannot ${wanted}. Nothing was started and your prompt is kept. Choose another model, or add one in the settings.`,
    details: { modelId },
  });
}

type PlannedRun = Omit<NewRun, "ownerId" | "idempotencyKey" | "requestHash">;

async function submit({
  container,
  ownerId,
  request,
  idempotencyKey,
  contents = new Map(),
  plan,
  planOthers = () => [],
}: Submission & {
  /** Of the attachments. */
  contents?: FileContents;
  request: object;
  idempotencyKey: string | null;
  plan: (transaction: Transaction) => Promise<PlannedRun>;
  /** Further runs of the same request. The first one's key covers all. */
  planOthers?: (first: PlannedRun) => PlannedRun[];
}): Promise<SubmittedRun> {
  const requestHash =
    idempotencyKey === null ? null : new Uint8Array(createHash("sha256").update(JSON.stringify(request)).digest());
  const findEarlier = async (): Promise<SubmittedRun | null> => {
    if (idempotencyKey === null || requestHash === null) return null;
    const earlier = await findRunByIdempotencyKey({ transaction: container.database.prisma, ownerId, idempotencyKey });
    if (earlier === null) return null;
    if (earlier.requestHash !== null && Buffer.compare(earlier.requestHash, requestHash) !== 0)
      throw idempotencyConflict(idempotencyKey);
    return describe([earlier, ...(await listSiblingRuns({ database: container.database, runId: earlier.runId }))]);
  };

  const earlier = await findEarlier();
  if (earlier !== null) return earlier;
  try {
    return await container.database.prisma.$transaction(async (transaction) => {
      await insertBlobs({ transaction, contents, bases: new Map() });
      const first = await plan(transaction);
      const submitted = [
        await enqueueRun({ container, transaction, run: { ...first, ownerId, idempotencyKey, requestHash } }),
      ];
      for (const other of planOthers(first)) {
        const run = { ...other, ownerId, idempotencyKey: null, requestHash: null };
        submitted.push(await enqueueRun({ container, transaction, run }));
      }
      return describe(submitted);
    });
  } catch (error) {
    // A concurrent request with the same key was first: its run is the response to this one too.
    const winner = isUniqueViolation(error) ? await findEarlier() : null;
    if (winner === null) throw error;
    return winner;
  }
}

function describe(runs: readonly SubmittedRun[]): SubmittedRun {
  const [first] = runs;
  if (first === undefined) throw new TypeError("A request has a run.");
  const { projectId, runId } = first;
  return { projectId, runId, ...(runs.length === 1 ? {} : { runIds: runs.map((run) => run.runId) }) };
}

async function enqueueRun({
  container,
  transaction,
  run,
}: {
  container: Container;
  transaction: Transaction;
  run: NewRun;
}): Promise<SubmittedRun> {
  await assertWithinDayLimit({ container, transaction, ownerId: run.ownerId, modelId: run.modelId });
  const runId = await createRun({ transaction, run });
  // A comment refers to the run that it was sent with: of several candidates, the first.
  if ((run.candidate?.place ?? 0) === 0) await markCommentsSent({ transaction, runId, comments: run.reviewComments });
  await appendRunEvents({ transaction, runId, events: [{ type: "queued" }] });
  // The row that it waits for can no longer end, because this one refers to it; it may have ended before.
  if (run.afterRunId !== null && run.parentGenerationId === null)
    await advanceQueue({ container, transaction, runId: run.afterRunId });
  else await container.queue.enqueue({ transaction, runId, ownerId: run.ownerId });
  // Last, because it locks the project's row: submissions to one project would otherwise wait for each other's whole
  // work.
  await touchProject({ transaction, projectId: run.projectId });
  return { projectId: run.projectId, runId };
}
