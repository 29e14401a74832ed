import type { Container } from "#server/container.ts";

/** Without a login there is one owner; every row carries it and every query is scoped by it. */
export const localOwnerId = "local";

export type RequestContext = { container: Container; ownerId: string };
