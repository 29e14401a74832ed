/** One page of a thread. The server prefetches it for the first render with the same key. */
export const threadPage = { limit: 60 };
