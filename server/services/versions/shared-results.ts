type SharedResults<Result> = {
  /** The result of `compute` for a key: computed once for all concurrent callers. @throws whatever `compute` throws */
  get(request: { key: string; compute: () => Promise<Result> }): Promise<Result>;
};

/** Shares the work of callers that want the same result, and caches the last `maxKept` results. */
export function createSharedResults<Result>({ maxKept }: { maxKept: number }): SharedResults<Result> {
  const results = new Map<string, Promise<Result>>();
  return {
    async get({ key, compute }) {
      const known = results.get(key);
      // An abort of another caller's request must not abort this one.
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
