export type SharedResults<Result> = {
  /** The result of `compute` for a key: once for all callers at the same time. @throws whatever `compute` throws */
  get(request: { key: string; compute: () => Promise<Result> }): Promise<Result>;
};

/** Shares the work of callers that want the same result, and keeps the last `maxKept` of them. */
export function createSharedResults<Result>({ maxKept }: { maxKept: number }): SharedResults<Result> {
  const results = new Map<string, Promise<Result>>();
  return {
    async get({ key, compute }) {
      const known = results.get(key);
      // What ends somebody else's request must not end this one.
      const result = known === undefined ? compute() : known.catch(compute);
      results.delete(key);
      results.set(key, result);
      const [oldest] = results.keys();
      if (results.size > maxKept && oldest !== undefined) results.delete(oldest);
      try {
        return await result;
      } catch (error) {
        if (results.get(key) === result) results.delete(key);
        throw error;
      }
    },
  };
}
