import { limits } from "#lib/contracts/limits.ts";

/**
 * All runs of a project that work or wait. Read by the server for the first paint and by the browser, with the same
 * key.
 */
export const queuePage = { isActive: true, limit: limits.queuedRuns };
