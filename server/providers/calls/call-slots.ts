/**
 * At most so many calls at once; the others wait in the order in which they came. A run makes one call at a time, so
 * that runs take turns and a long talk does not hold up a short one.
 */
export class CallSlots {
  readonly #maxCalls: number;
  readonly #waiting = new Set<() => void>();
  #busyCount = 0;

  constructor({ maxCalls }: { maxCalls: number }) {
    this.#maxCalls = maxCalls;
  }

  /** @throws the signal's reason where it is aborted before the call's turn came; what `call` throws */
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

  /** Hands the slot to the next, so that a call that comes at this moment cannot get ahead. */
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
