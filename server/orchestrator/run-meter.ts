import type { ModelUsage } from "#lib/contracts/model.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import { AppError } from "#lib/errors.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { addUsage } from "./add-usage.ts";
import type { ModelTurn, ModelTurnRequest, RunDependencies } from "./ports.ts";

/**
 * The model calls of one run. Each is a stored step, so a resumed run reuses answered calls at no cost. Their price
 * counts towards the run's limit.
 */
export class RunMeter {
  readonly #dependencies: RunDependencies;
  #usage: ModelUsage = noUsage;

  constructor(dependencies: RunDependencies) {
    this.#dependencies = dependencies;
  }

  get usage(): ModelUsage {
    return this.#usage;
  }

  /** @throws AppError like `ModelGateway.runTurn`; BUDGET_EXCEEDED; the signal's reason */
  async call({ key, ...request }: Omit<ModelTurnRequest, "signal"> & { key: string }): Promise<ModelTurn> {
    const { models, steps, events, signal } = this.#dependencies;
    this.#assertAffordable();
    signal.throwIfAborted();
    const turn = await steps.remember(key, async () => {
      const startedAt = performance.now();
      const answer = await models.runTurn({ ...request, signal });
      return { ...answer, usage: { ...answer.usage, durationMs: Math.round(performance.now() - startedAt) } };
    });
    this.#usage = addUsage(this.#usage, turn.usage);
    events.append({ type: "usage", usage: this.#usage });
    return turn;
  }

  /** The cost of a call is known only afterwards: one call may exceed the limit, and no further one is made. */
  #assertAffordable(): void {
    const { limitUsd } = this.#dependencies;
    const spentUsd = this.#usage.costUsd ?? 0;
    if (limitUsd === null || spentUsd < limitUsd) return;
    throw new AppError({
      code: "BUDGET_EXCEEDED",
      message: `The run stopped at its limit of ${formatUsd(limitUsd)}: its model calls have cost $${spentUsd.toFixed(2)}. Raise the limit and retry: the run then continues after the answered calls. Or ask for less at once.`,
      details: { limit: "runUsd", maximum: limitUsd, spentUsd },
    });
  }
}

/** @throws AppError BUDGET_EXCEEDED for a turn above the limit of one run */
export function assertTurnAllowed({ turn, maximum }: { turn: number; maximum: number }): void {
  if (turn <= maximum) return;
  throw new AppError({
    code: "BUDGET_EXCEEDED",
    message: `The run stopped at its limit of ${maximum} model calls, without coming to an end. Ask for less at once, or choose another model.`,
    details: { limit: "modelTurns", maximum },
  });
}
