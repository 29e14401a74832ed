/**
 * Limits concurrent calls; the others wait in order of arrival. A run makes one call at a time, so runs take turns, and
 * a long conversation does not block a short one.
 */
export class CallSlots {
  readonly #maxCalls: number;
  readonly #waiting = new Set<() => void>();
  #busyCount = 0;

  constructor({ maxCalls }: { maxCalls: number }) {
    this.#maxCalls = maxCalls;
  }

  /** @throws the signal's reason if it is aborted before the call starts; what `call` throws */
  async run<Result>({ call, signal }: { call: () => Promise<Result>; signal: AbortSignal }): Promise<Result> {
    await this.#enter(signal);
    try {
      return await call();
    } finally {
      this.#leave();
    }
  }

  #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#busyCount < this.#maxCalls) {
      this.#busyCount += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(begin);
        reject(signal.reason as Error);
      };
      const begin = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      this.#waiting.add(begin);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the slot directly to the next waiter, so that a call that arrives now cannot overtake it. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#busyCount -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
