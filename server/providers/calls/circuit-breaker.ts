import type { Clock } from "../clock.ts";
import { ModelFailure } from "./model-failure.ts";

const failuresToOpen = 5;
const openMs = 30_000;
const probeRetryMs = 1_000;

/**
 * Stops calls to a provider that is down, so that a run fails at once instead of after every timeout. Opens after five
 * consecutive failures without an answer; after 30 s one call probes the provider. Any answer, including a refusal,
 * closes it. One breaker per provider and key.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #label: string;
  #failures = 0;
  #openUntilMs = 0;
  #isProbing = false;

  constructor({ clock, label }: { clock: Clock; label: string }) {
    this.#clock = clock;
    this.#label = label;
  }

  /**
   * @param call receives a function that reports the first sign of life, before the call ends. @throws ModelFailure
   *   MODEL_UNAVAILABLE if the breaker is open; what `call` throws
   */
  async run<Result>(call: (reportAlive: () => void) => Promise<Result>): Promise<Result> {
    const isProbe = this.#enter();
    try {
      const result = await call(() => this.#close());
      this.#close();
      return result;
    } catch (error) {
      if (error instanceof ModelFailure) this.#count(error);
      throw error;
    } finally {
      if (isProbe) this.#isProbing = false;
    }
  }

  /** Returns whether this call is the probe. */
  #enter(): boolean {
    if (this.#failures < failuresToOpen) return false;
    const waitMs = this.#openUntilMs - this.#clock.now();
    if (waitMs > 0) throw this.#refuse(waitMs);
    if (this.#isProbing) throw this.#refuse(probeRetryMs);
    this.#isProbing = true;
    return true;
  }

  #count(failure: ModelFailure): void {
    if (failure.code !== "MODEL_UNAVAILABLE" || failure.retry !== "now") {
      this.#close();
      return;
    }
    this.#failures += 1;
    if (this.#failures >= failuresToOpen) this.#openUntilMs = this.#clock.now() + openMs;
  }

  #close(): void {
    this.#failures = 0;
  }

  #refuse(waitMs: number): ModelFailure {
    const seconds = Math.ceil(waitMs / 1_000);
    return new ModelFailure({
      code: "MODEL_UNAVAILABLE",
      message: `${this.#label} did not answer ${failuresToOpen} times in a row, so it was not asked again. Try again in ${seconds} s, or choose another model.`,
      retry: "later",
      retryAfterMs: Math.ceil(waitMs),
    });
  }
}
