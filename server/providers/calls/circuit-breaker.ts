import type { Clock } from "../clock.ts";
import { ModelFailure } from "./model-failure.ts";

const failuresToOpen = 5;
const openMs = 30_000;
const probeRetryMs = 1_000;

/**
 * Stops calling a provider that is down, so that a run is told at once instead of after every timeout. Opens after five
 * failures in a row in which the provider did not answer; after 30 s one call may try whether it is back. Any answer, a
 * refusal too, closes it. One breaker stands for one provider and one key.
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
   * @param call is given a function to report the first sign of life with, before it ends. @throws ModelFailure
   *   MODEL_UNAVAILABLE when open; what `call` throws
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

  /** Tells whether this call is the one that tries. */
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
