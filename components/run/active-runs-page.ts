/** The runs at work that stand above the history; more than these wait in line. */
export const activeRunsPage = { isActive: true, limit: 5 };
