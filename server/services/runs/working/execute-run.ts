import { setTimeout as delay } from "node:timers/promises";
import type { RunId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import { type RunAttempt, maxCrashes } from "#server/jobs/run-queue.ts";
import { createRunEventWriter } from "#server/jobs/run-event-writer.ts";
import { SkippablePause } from "#server/orchestrator/skippable-pause.ts";
import { RunCancelled, WorkerStopping } from "#server/orchestrator/interruptions.ts";
import type { ModelGateway } from "#server/orchestrator/ports.ts";
import { runGeneration } from "#server/orchestrator/run-generation.ts";
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

const storagePollMs = 2_000;

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
  const { database, queue } = container;
  const begun = await beginAttempt({ database, runId, isAlone });
  if (begun === null) return;
  if (begun.crashes >= maxCrashes) return giveUpRun({ container, runId });
  const attemptNumber = begun.attempt;
  const log = logger.child({ runId });
  const startedAt = performance.now();

  const interruption = new AbortController();
  const stop = () => interruption.abort(new WorkerStopping());
  if (stopping.aborted) stop();
  stopping.addEventListener("abort", stop, { once: true });
  const cancelIfRequested = async () => {
    if ((await getRunRequest({ database, runId })).isCancelRequested) interruption.abort(new RunCancelled());
  };
  const unsubscribe = container.notifications.subscribe({
    channel: "graft_run_cancel",
    listener: (payload) => {
      if (payload === runId) interruption.abort(new RunCancelled());
      // A cancellation may have been missed while the connection was lost. A failed read is repeated at the next
      // notification.
      else if (payload === null) cancelIfRequested().catch(() => undefined);
    },
  });
  const skippablePause = new SkippablePause();
  const unsubscribeSkip = container.notifications.subscribe({
    channel: "graft_run_skip_pause",
    listener: (payload) => {
      if (payload === runId) skippablePause.skip();
    },
  });
  const writer = createRunEventWriter({
    store: (batch) => appendRunEvents({ transaction: database.prisma, runId, events: batch }),
  });
  // A run that resumes after its checks has reported its stages already.
  const replay = new MutedReplay({ events: writer, isMuted: begun.waitedForChecks });
  const events = logRunEvents({ events: replay, log });
  try {
    const request = await getRunRequest({ database, runId });
    if (request.isCancelRequested) interruption.abort(new RunCancelled());
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
          logModelCalls({ models: withSkippablePauses({ models: container.models, skippablePause }), log }),
        ),
        endedRuns: createEndedRuns(container),
        checks: replay.endWithAnswers(createCandidateChecks({ container, ownerId: request.ownerId })),
        steps: createStepMemo({ database, runId }),
        events,
        limitUsd: await readRunLimitUsd({ container, ownerId: request.ownerId }),
        signal: interruption.signal,
      },
    });
    replay.end();
    if (reached.status === "succeeded") events.append({ type: "stage.started", stage: "store-generation" });
    await events.flush();
    const measure = () => Math.round(performance.now() - startedAt);
    const { ownerId } = request;
    const isPaused = reached.status === "waits-for-checks";
    if (isPaused && (await awaitChecks({ container, request, ownerId, attempt, pause: reached }))) {
      log.info({ durationMs: measure() }, "run waits for its checks");
      return;
    }
    // The user cancelled the run before it could wait.
    const ended = isPaused ? toCancelled(reached) : reached;
    if (await postponeRun({ database, queue, runId, ownerId, attempt, outcome: ended })) {
      const failureCode = ended.status === "failed" ? ended.failure.code : undefined;
      log.warn({ failureCode, durationMs: measure() }, "run waits for its provider");
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
        durationMs: measure(),
      },
      "run ended",
    );
  } catch (error) {
    const isFull = findDatabaseFault(error) === "full";
    if (isFull) {
      log.error({ attempt: attemptNumber }, "the database's disk is full; the run waits for room");
      await untilStorable({ database, signal: interruption.signal });
    }
    if (isFull || interruption.signal.reason instanceof WorkerStopping)
      await closeAttempt({ transaction: database.prisma, runId, attempt: attemptNumber });
    // The run has not ended: the queue passes it on.
    log.warn(
      {
        attempt: attemptNumber,
        reason: error instanceof Error ? error.name : "unknown",
        durationMs: Math.round(performance.now() - startedAt),
      },
      "attempt ended",
    );
    throw error;
  } finally {
    writer.stop();
    unsubscribe();
    unsubscribeSkip();
    stopping.removeEventListener("abort", stop);
  }
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
