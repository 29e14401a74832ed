import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { CandidateChecks, ModelGateway, RunEventLog } from "#server/orchestrator/ports.ts";

/**
 * An event log that drops events until a resumed run does something new: it reads the answer of its checks, or calls a
 * model. Until then it only repeats stages that are in its log already.
 */
export class MutedReplay implements RunEventLog {
  readonly #events: RunEventLog;
  #isMuted: boolean;

  constructor({ events, isMuted }: { events: RunEventLog; isMuted: boolean }) {
    this.#events = events;
    this.#isMuted = isMuted;
  }

  append(event: RunEvent): void {
    if (!this.#isMuted) this.#events.append(event);
  }

  flush(): Promise<void> {
    return this.#events.flush();
  }

  end(): void {
    this.#isMuted = false;
  }

  endWithCalls(models: ModelGateway): ModelGateway {
    return {
      list: () => models.list(),
      get: (modelId) => models.get(modelId),
      runTurn: (request) => {
        this.end();
        return models.runTurn(request);
      },
    };
  }

  endWithAnswers(checks: CandidateChecks): CandidateChecks {
    return {
      judge: async (candidate) => {
        const judgement = await checks.judge(candidate);
        this.end();
        return judgement;
      },
    };
  }
}
