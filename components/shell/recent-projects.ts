/** The projects listed in the rail: the pinned ones, then those that were opened last. */
export const recentProjects = { limit: 12, order: "opened" } as const;
