/** The projects listed in the rail. */
export const recentProjects = { limit: 12 };
