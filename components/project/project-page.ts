/** One page of the list of projects. */
export const projectPage = { limit: 100 };
