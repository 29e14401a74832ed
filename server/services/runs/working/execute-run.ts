import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { RunId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import { type RunAttempt, maxCrashes } from "#server/jobs/run-queue.ts";
import { createRunEventWriter } from "#server/jobs/run-event-writer.ts";
import type { SkippablePause } from "#server/orchestrator/skippable-pause.ts";
import type { ModelGateway } from "#server/orchestrator/ports.ts";
import { runGeneration } from "#server/orchestrator/run-generation.ts";
import type { RunOutcome, RunPause, TalkOutcome } from "#server/orchestrator/run-outcome.ts";
import { runTalk } from "#server/orchestrator/run-talk.ts";
import type { Database } from "#server/store/database.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { createStepMemo } from "#server/store/runs/run-steps.ts";
import { canStore } from "#server/store/contents/can-store.ts";
import { findDatabaseFault } from "#server/store/find-database-fault.ts";
import { beginAttempt, closeAttempt } from "#server/store/runs/run-attempts.ts";
import { getRunRequest } from "#server/store/runs/runs.ts";
import { awaitChecks } from "../checking/await-checks.ts";
import { createCandidateChecks } from "../checking/judge-candidate.ts";
import { MutedReplay } from "../checking/muted-replay.ts";
import { createEndedRuns } from "./ended-runs.ts";
import { finishRun, toCancelled } from "./finish-run.ts";
import { giveUpRun } from "./give-up-run.ts";
import { sharedDependencies } from "../shared-dependencies.ts";
import { postponeRun } from "./postpone-run.ts";
import { readRunLimitUsd } from "../../operations/spending.ts";
import { logModelCalls, logRunEvents } from "./log-run.ts";
import { RunSignals } from "./run-signals.ts";

const storagePollMs = 2_000;

type StoredRequest = Awaited<ReturnType<typeof getRunRequest>>;

/** An attempt that has begun: what its steps share until it ends. */
type BegunAttempt = {
  container: Container;
  runId: RunId;
  /** The queue's job. It fences everything that ends the attempt. */
  attempt: RunAttempt;
  /** 1 unless earlier attempts ended without an end of the run. */
  attemptNumber: number;
  signals: RunSignals;
  log: Logger;
  measureMs: () => number;
};

/**
 * Works on one run until it ends. An exception only ends this attempt, not the run: the queue passes it to another
 * worker, which continues after the last stored step.
 */
export async function executeRun({
  container,
  runId,
  attempt,
  isAlone,
  stopping,
}: {
  container: Container;
  runId: RunId;
  attempt: RunAttempt;
  /** No other run of this worker could be the cause if the worker crashes. */
  isAlone: boolean;
  stopping: AbortSignal;
}): Promise<void> {
  const { database, notifications } = container;
  const begun = await beginAttempt({ database, runId, isAlone });
  if (begun === null) return;
  if (begun.crashes >= maxCrashes) return giveUpRun({ container, runId });
  const log = logger.child({ runId });
  const startedAt = performance.now();
  const measureMs = () => Math.round(performance.now() - startedAt);
  const signals = new RunSignals({
    runId,
    notifications,
    readIsCancelRequested: async () => (await getRunRequest({ database, runId })).isCancelRequested,
    stopping,
  });
  const writer = createRunEventWriter({
    store: (batch) => appendRunEvents({ transaction: database.prisma, runId, events: batch }),
  });
  // A run that resumes after its checks has reported its stages already.
  const replay = new MutedReplay({ events: writer, isMuted: begun.waitedForChecks });
  const begunAttempt: BegunAttempt = {
    container,
    runId,
    attempt,
    attemptNumber: begun.attempt,
    signals,
    log,
    measureMs,
  };
  try {
    const request = await getRunRequest({ database, runId });
    const reached = await reachOutcome({ ...begunAttempt, request, replay });
    await settleOutcome({ ...begunAttempt, request, reached });
  } catch (error) {
    await endAttempt({ ...begunAttempt, error });
    // The run has not ended: the queue passes it on.
    throw error;
  } finally {
    writer.stop();
    signals.close();
  }
}

/** Does the run's work, and stores its events until then. Nothing has ended yet. */
async function reachOutcome({
  container,
  runId,
  attemptNumber,
  signals,
  log,
  request,
  replay,
}: BegunAttempt & { request: StoredRequest; replay: MutedReplay }): Promise<RunOutcome | TalkOutcome | RunPause> {
  const { database } = container;
  const events = logRunEvents({ events: replay, log });
  if (request.isCancelRequested) signals.cancel();
  log.info(
    { attempt: attemptNumber, projectId: request.projectId, modelId: request.modelId, mode: request.mode },
    "run started",
  );
  if (attemptNumber > 1) events.append({ type: "worker.lost", attempt: attemptNumber });
  events.append({ type: "started", model: request.modelId, attempt: attemptNumber });
  const work = request.kind === "generate" ? runGeneration : runTalk;
  const reached = await work({
    request,
    dependencies: {
      ...sharedDependencies(container),
      models: replay.endWithCalls(
        logModelCalls({
          models: withSkippablePauses({ models: container.models, skippablePause: signals.skippablePause }),
          log,
        }),
      ),
      endedRuns: createEndedRuns(container),
      checks: replay.endWithAnswers(createCandidateChecks({ container, ownerId: request.ownerId })),
      steps: createStepMemo({ database, runId }),
      events,
      limitUsd: await readRunLimitUsd({ container, ownerId: request.ownerId }),
      signal: signals.interruption,
    },
  });
  replay.end();
  if (reached.status === "succeeded") events.append({ type: "stage.started", stage: "store-generation" });
  await events.flush();
  return reached;
}

/** Stores what the run reached: it waits for its checks or its provider, or it ends. Each is one transaction. */
async function settleOutcome({
  container,
  runId,
  attempt,
  log,
  measureMs,
  request,
  reached,
}: BegunAttempt & { request: StoredRequest; reached: RunOutcome | TalkOutcome | RunPause }): Promise<void> {
  const { database, queue } = container;
  const { ownerId } = request;
  const isPaused = reached.status === "waits-for-checks";
  if (isPaused && (await awaitChecks({ container, request, ownerId, attempt, pause: reached }))) {
    log.info({ durationMs: measureMs() }, "run waits for its checks");
    return;
  }
  // The user cancelled the run before it could wait.
  const ended = isPaused ? toCancelled(reached) : reached;
  if (await postponeRun({ database, queue, runId, ownerId, attempt, outcome: ended })) {
    const failureCode = ended.status === "failed" ? ended.failure.code : undefined;
    log.warn({ failureCode, durationMs: measureMs() }, "run waits for its provider");
    return;
  }
  const outcome = await finishRun({ container, runId, attempt, outcome: ended });
  const { inputTokens, outputTokens, modelCalls } = outcome.usage;
  const failureCode = "failure" in outcome ? outcome.failure?.code : undefined;
  log.info(
    {
      outcome: outcome.status,
      failureCode,
      modelCalls,
      inputTokens,
      outputTokens,
      durationMs: measureMs(),
    },
    "run ended",
  );
}

/** Records why an attempt ended before its run did. One that ended cleanly does not count as a crash. */
async function endAttempt({
  container: { database },
  runId,
  attemptNumber,
  signals,
  log,
  measureMs,
  error,
}: BegunAttempt & { error: unknown }): Promise<void> {
  const isFull = findDatabaseFault(error) === "full";
  if (isFull) {
    log.error({ attempt: attemptNumber }, "the database's disk is full; the run waits for room");
    await untilStorable({ database, signal: signals.interruption });
  }
  if (isFull || signals.isWorkerStopping)
    await closeAttempt({ transaction: database.prisma, runId, attempt: attemptNumber });
  log.warn(
    {
      attempt: attemptNumber,
      reason: error instanceof Error ? error.name : "unknown",
      durationMs: measureMs(),
    },
    "attempt ended",
  );
}

/** Waits until there is space again, or the worker is to stop: an earlier attempt would only fail again. */
async function untilStorable({ database, signal }: { database: Database; signal: AbortSignal }): Promise<void> {
  while (!signal.aborted && !(await canStore({ database }).catch(() => false)))
    await delay(storagePollMs, undefined, { signal }).catch(() => undefined);
}

function withSkippablePauses({
  models,
  skippablePause,
}: {
  models: ModelGateway;
  skippablePause: SkippablePause;
}): ModelGateway {
  return {
    list: () => models.list(),
    get: (modelId) => models.get(modelId),
    runTurn: (request) => models.runTurn({ ...request, skippablePause }),
  };
}
