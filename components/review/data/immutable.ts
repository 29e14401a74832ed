/** For what is read of versions: they never change, so an answer is good for as long as the page lives. */
export const immutable = { staleTime: Number.POSITIVE_INFINITY, gcTime: 10 * 60_000 };
