import { createHash, randomUUID } from "node:crypto";
import type {
  GenerationAskInput,
  GenerationCreateInput,
  GenerationIterateBehindInput,
  GenerationIterateInput,
} from "#lib/contracts/versions/generation.ts";
import type { ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import { insertBlobs } from "#server/store/contents/blobs.ts";
import { acceptAttachments } from "../accept-attachments.ts";
import type { Transaction } from "#server/store/database.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { markCommentsSent, takeReviewComments } from "#server/store/review-comments.ts";
import { isUniqueViolation } from "#server/store/is-unique-violation.ts";
import { createProject, getRunSettings, touchProject } from "#server/store/projects.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { createRun, findRunByIdempotencyKey, getRun, type NewRun } from "#server/store/runs/runs.ts";
import { listSiblingRuns } from "#server/store/runs/candidate-runs.ts";
import { assertWithinDayLimit } from "../../operations/spending.ts";
import { advanceQueue } from "../queue/advance-queue.ts";
import { nameFromPrompt } from "./name-from-prompt.ts";
import { candidatesStartAtOnce, idempotencyConflict } from "./refuse-submission.ts";
import { joinQueue, joinQueueBehind } from "../queue/join-queue.ts";

/** `runIds` are all runs of a request for several candidates, in order; `runId` is the first of them. */
export type SubmittedRun = { projectId: ProjectId; runId: RunId; runIds?: RunId[] };

export type Submission = { container: Container; ownerId: string };

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
 * Accepts an iteration on a run's version, which may not exist yet: before a project's first version there is no
 * generation. If the run has already ended, the new one starts, or fails with the reason.
 *
 * @throws AppError RUN_NOT_FOUND for one that makes no version, MODEL_NOT_FOUND, MODEL_UNAVAILABLE, BUDGET_EXCEEDED,
 *   IDEMPOTENCY_CONFLICT
 */
export async function submitBehind({
  container,
  ownerId,
  input,
}: Submission & { input: GenerationIterateBehindInput }): Promise<SubmittedRun> {
  const modelId = await chooseModel({ container, requested: input.model });
  const { attachments, contents } = acceptAttachments({
    attached: input.attachments ?? [],
    models: [await container.models.get(modelId)],
  });
  if (input.plan === "always") await assertCanTalk({ container, modelId, wanted: "make a plan" });
  const { projectId } = await getRun({ database: container.database, ownerId, runId: input.afterRunId });
  const { lockedPaths, shownSecretPaths } = await getRunSettings({ database: container.database, projectId });
  return submit({
    contents,
    container,
    ownerId,
    request: { kind: "behind", ...input },
    idempotencyKey: input.idempotencyKey ?? null,
    plan: async (transaction) => ({
      projectId,
      kind: input.plan === "always" ? "plan" : "generate",
      parentGenerationId: null,
      afterRunId: await joinQueueBehind({ transaction, ownerId, projectId, afterRunId: input.afterRunId }),
      prompt: input.prompt,
      modelId,
      mode: input.plan === "never" ? "classic" : (input.mode ?? "auto"),
      techStack: null,
      domain: null,
      context: input.context ?? null,
      reviewComments: [],
      attachments,
      scope: { include: input.scope?.include ?? null, locked: lockedPaths },
      shownSecretPaths,
      candidate: null,
      continues: null,
      acceptedPlan: null,
      retryOfRunId: null,
    }),
  });
}

/**
 * Accepts a question about a generation. A run of kind `ask` cannot change a file or make a generation.
 *
 * @throws AppError GENERATION_NOT_FOUND, MODEL_NOT_FOUND, MODEL_UNAVAILABLE, MODEL_CANNOT_ANSWER, BUDGET_EXCEEDED,
 *   IDEMPOTENCY_CONFLICT; INVALID_INPUT and INPUT_TOO_LARGE for its attachments
 */
export async function submitQuestion({
  container,
  ownerId,
  input,
}: Submission & { input: GenerationAskInput }): Promise<SubmittedRun> {
  const modelId = await chooseModel({ container, requested: input.model });
  await assertCanTalk({ container, modelId, wanted: "answer questions" });
  const { attachments, contents } = acceptAttachments({
    attached: input.attachments ?? [],
    models: [await container.models.get(modelId)],
  });
  const { projectId, generationId } = await getStoredGeneration({
    transaction: container.database.prisma,
    generationId: input.generationId,
    ownerId,
  });
  const { lockedPaths, shownSecretPaths } = await getRunSettings({ database: container.database, projectId });
  return submit({
    contents,
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
      attachments,
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
      const others = planOthers(first).map((run) => ({ ...run, ownerId, idempotencyKey: null, requestHash: null }));
      const runs = [{ ...first, ownerId, idempotencyKey, requestHash }, ...others];
      return describe(await enqueueRuns({ container, transaction, runs }));
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

export async function enqueueRun({
  run,
  ...tools
}: {
  container: Container;
  transaction: Transaction;
  run: NewRun;
}): Promise<SubmittedRun> {
  return describe(await enqueueRuns({ ...tools, runs: [run] }));
}

/** Enqueues the runs of one request. Reads and writes what they share only once. */
async function enqueueRuns({
  container,
  transaction,
  runs,
}: {
  container: Container;
  transaction: Transaction;
  runs: readonly NewRun[];
}): Promise<SubmittedRun[]> {
  const byModel = new Map(runs.map((run) => [run.modelId, run]));
  for (const [modelId, { ownerId }] of byModel)
    await assertWithinDayLimit({ container, transaction, ownerId, modelId });
  const submitted: SubmittedRun[] = [];
  for (const run of runs) {
    const runId = await createRun({ transaction, run });
    // A comment refers to the run that it was sent with: of several candidates, the first.
    if ((run.candidate?.place ?? 0) === 0) await markCommentsSent({ transaction, runId, comments: run.reviewComments });
    await appendRunEvents({ transaction, runId, events: [{ type: "queued" }] });
    // The row that it waits for can no longer end, because this one refers to it; it may have ended before.
    if (run.afterRunId !== null && run.parentGenerationId === null)
      await advanceQueue({ container, transaction, runId: run.afterRunId });
    else await container.queue.enqueue({ transaction, runId, ownerId: run.ownerId });
    submitted.push({ projectId: run.projectId, runId });
  }
  // Last, because it locks the project's row: submissions to one project would otherwise wait for each other's whole
  // work.
  for (const projectId of new Set(runs.map((run) => run.projectId))) await touchProject({ transaction, projectId });
  return submitted;
}
