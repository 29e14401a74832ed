import { setTimeout as delay } from "node:timers/promises";

/** Time and randomness, injected so that tests do not depend on either. */
export type Clock = {
  /** Milliseconds; only differences are meaningful. */
  now(): number;
  /** @throws the signal's reason as soon as it is aborted */
  sleep(options: { ms: number; signal: AbortSignal }): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  async sleep({ ms, signal }) {
    await delay(ms, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  },
  random: Math.random,
};
