/** What fills a tall window of the history; comes with the page. */
export const firstVersions = { limit: 20 };
