/** Fills a tall window of the history; sent with the page. */
export const firstVersions = { limit: 20 };
