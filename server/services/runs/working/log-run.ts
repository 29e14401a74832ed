import type { Logger } from "pino";
import { AppError } from "#lib/errors.ts";
import type { ModelGateway, RunEventLog } from "#server/orchestrator/ports.ts";

/**
 * Wraps the event log and writes a line for each event that operators need. Texts in events belong to the user and are
 * not logged.
 */
export function logRunEvents({ events, log }: { events: RunEventLog; log: Logger }): RunEventLog {
  return {
    append(event) {
      events.append(event);
      if (event.type === "stage.done") log.info({ stage: event.stage, durationMs: event.durationMs }, "stage done");
      else if (event.type === "retrying")
        log.warn({ failureCode: event.code, afterMs: event.afterMs }, "model call is repeated");
      else if (event.type === "worker.lost")
        log.warn({ attempt: event.attempt }, "run taken over from a worker that is gone");
    },
    flush: () => events.flush(),
  };
}

/** Wraps the models and writes a line per call; prompts, answers and the provider's own words are not logged. */
export function logModelCalls({ models, log }: { models: ModelGateway; log: Logger }): ModelGateway {
  return {
    list: () => models.list(),
    get: (modelId) => models.get(modelId),
    async runTurn(request) {
      const { modelId } = request;
      const startedAt = performance.now();
      const measure = () => Math.round(performance.now() - startedAt);
      try {
        const turn = await models.runTurn(request);
        const { inputTokens, outputTokens, cachedInputTokens } = turn.usage;
        log.info(
          {
            modelId,
            inputTokens,
            outputTokens,
            cachedInputTokens,
            finishReason: turn.finishReason,
            durationMs: measure(),
          },
          "model call",
        );
        return turn;
      } catch (error) {
        const failureCode = error instanceof AppError ? error.code : request.signal.aborted ? "ABORTED" : "INTERNAL";
        log.warn({ modelId, failureCode, durationMs: measure() }, "model call failed");
        throw error;
      }
    },
  };
}
