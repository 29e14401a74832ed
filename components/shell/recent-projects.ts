/** What the rail lists. */
export const recentProjects = { limit: 12 };
