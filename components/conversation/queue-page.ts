import { limits } from "#lib/contracts/limits.ts";

/** All running and waiting runs of a project. The server prefetches it for the first render with the same key. */
export const queuePage = { isActive: true, limit: limits.queuedRuns };
