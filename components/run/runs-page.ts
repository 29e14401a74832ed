/** One page of the list of runs. */
export const runsPage = { limit: 25 };
