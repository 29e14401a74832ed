export type Turns = {
  /** Runs `act` once all earlier ones have ended. @throws whatever `act` throws, or the reason of an aborted `signal` */
  take<Result>({ act, signal }: { act: () => Promise<Result>; signal?: AbortSignal }): Promise<Result>;
};

/** One at a time, in order: what takes memory does not add up. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take({ act, signal }) {
      const result = last.then(() => {
        signal?.throwIfAborted();
        return act();
      });
      last = result.catch(() => undefined);
      return result;
    },
  };
}
