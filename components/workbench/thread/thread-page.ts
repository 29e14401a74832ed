/** One page of a thread. Read by the server for the first paint and by the browser, with the same key. */
export const threadPage = { limit: 60 };
