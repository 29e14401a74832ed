/** Query options for data of versions: it is immutable, so a response is valid until the page is left. */
export const immutable = { staleTime: Number.POSITIVE_INFINITY, gcTime: 10 * 60_000 };
