export type Turns = {
  /**
   * Runs `act` once all earlier calls have ended. @throws whatever `act` throws, or the reason of an aborted `signal`
   */
  take<Result>({ act, signal }: { act: () => Promise<Result>; signal?: AbortSignal }): Promise<Result>;
};

/** One at a time, in order, so that memory use does not add up. A caller that aborts while it waits returns at once. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take({ act, signal }) {
      const waiting = Promise.withResolvers<never>();
      const giveUp = () => waiting.reject(signal?.reason);
      signal?.addEventListener("abort", giveUp, { once: true });
      const result = last.then(() => {
        signal?.removeEventListener("abort", giveUp);
        signal?.throwIfAborted();
        return act();
      });
      last = result.catch(() => undefined);
      return Promise.race([result, waiting.promise]);
    },
  };
}
