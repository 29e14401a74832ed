/** The number of running runs shown above the history. */
export const activeRunsPage = { isActive: true, limit: 5 };
