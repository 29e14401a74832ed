import { Counter, Histogram, type Registry } from "prom-client";
import { appErrorCodes } from "#lib/errors.ts";
import { stageNames } from "#lib/contracts/runs/run-state.ts";
import type { EndedRunFigures } from "#server/store/runs/run-figures.ts";

const batchSize = 500;

/**
 * A run's end is stamped before its transaction commits, so a scrape may fall between the two: this much time is read
 * again.
 */
const lookBackMs = 120_000;

/** Users choose models, so their number is bounded: the others are counted together. */
const maxModelLabels = 50;
const otherModels = "other";

const stageSecondsBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 900];

/** Error codes caused by a provider. */
const providerCodes: ReadonlySet<string> = new Set([
  "MODEL_NOT_FOUND",
  "MODEL_UNAVAILABLE",
  "MODEL_REFUSED",
  "MODEL_OUTPUT_INVALID",
  "PROVIDER_AUTH",
  "RATE_LIMITED",
  "CONTEXT_TOO_LONG",
  "OUTPUT_TRUNCATED",
]);

/** Runs that ended at `since` or later, earliest first. */
type ListEnded = (page: { since: Date; skip: number; limit: number }) => Promise<EndedRunFigures[]>;

/** How runs ended, what they took, and which of their model calls failed. An update counts each ended run once. */
export class EndedRunMetrics {
  readonly #listEnded: ListEnded;
  readonly #ended: Counter<"status">;
  readonly #stageSeconds: Histogram<"stage">;
  readonly #tokens: Counter<"model" | "direction">;
  readonly #calls: Counter<"model">;
  readonly #errors: Counter<"code">;
  /** The runs that ended within the time that is read again, with their ends. */
  readonly #counted = new Map<string, number>();
  readonly #models = new Set<string>();
  #newestEndMs = 0;

  constructor({ registry, listEnded }: { registry: Registry; listEnded: ListEnded }) {
    this.#listEnded = listEnded;
    const registers = [registry];
    this.#ended = new Counter({
      name: "graft_runs_ended_total",
      help: "Ended runs by how they ended.",
      labelNames: ["status"],
      registers,
    });
    this.#stageSeconds = new Histogram({
      name: "graft_stage_duration_seconds",
      help: "Time of each stage of ended runs.",
      labelNames: ["stage"],
      buckets: stageSecondsBuckets,
      registers,
    });
    this.#tokens = new Counter({
      name: "graft_model_tokens_total",
      help: "Tokens of ended runs by model and direction.",
      labelNames: ["model", "direction"],
      registers,
    });
    this.#calls = new Counter({
      name: "graft_model_calls_total",
      help: "Model calls of ended runs by model.",
      labelNames: ["model"],
      registers,
    });
    this.#errors = new Counter({
      name: "graft_provider_errors_total",
      help: "Model calls of ended runs that failed, by class: repeated ones, and those that ended a run.",
      labelNames: ["code"],
      registers,
    });
  }

  async update(): Promise<void> {
    const since = new Date(Math.max(0, this.#newestEndMs - lookBackMs));
    for (let skip = 0; ; skip += batchSize) {
      const batch = await this.#listEnded({ since, skip, limit: batchSize });
      for (const run of batch) {
        if (this.#counted.has(run.runId)) continue;
        this.#count(run);
        this.#counted.set(run.runId, run.endedAt.getTime());
        this.#newestEndMs = Math.max(this.#newestEndMs, run.endedAt.getTime());
      }
      if (batch.length < batchSize) break;
    }
    for (const [runId, endedMs] of this.#counted)
      if (endedMs < this.#newestEndMs - lookBackMs) this.#counted.delete(runId);
  }

  #count({ status, modelId, usage, failureCode, stages, retryCodes }: EndedRunFigures): void {
    this.#ended.inc({ status });
    for (const { stage, durationMs } of stages)
      if (isOneOf(stageNames, stage)) this.#stageSeconds.observe({ stage }, durationMs / 1_000);
    for (const code of retryCodes) if (isOneOf(appErrorCodes, code)) this.#errors.inc({ code });
    if (failureCode !== null && providerCodes.has(failureCode)) this.#errors.inc({ code: failureCode });
    if (usage === null) return;
    const model = this.#labelModel(modelId);
    this.#calls.inc({ model }, usage.modelCalls);
    this.#tokens.inc({ model, direction: "input" }, usage.inputTokens);
    this.#tokens.inc({ model, direction: "cached_input" }, usage.cachedInputTokens);
    this.#tokens.inc({ model, direction: "output" }, usage.outputTokens);
  }

  #labelModel(modelId: string): string {
    if (this.#models.size < maxModelLabels) this.#models.add(modelId);
    return this.#models.has(modelId) ? modelId : otherModels;
  }
}

function isOneOf<Value extends string>(values: readonly Value[], value: string): value is Value {
  return (values as readonly string[]).includes(value);
}
