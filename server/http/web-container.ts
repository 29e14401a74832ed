import { createContainer, type Container } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import { awaitDatabase } from "#server/supervisor/await-database.ts";

/** On globalThis, because Next bundles routes separately and each bundle would otherwise open its own pool. */
const holder = globalThis as typeof globalThis & { graftContainer?: Promise<Container> | undefined };

/** The web process's container. Built at the first request, so that a build opens no database. */
export function getWebContainer(): Promise<Container> {
  holder.graftContainer ??= createWebContainer().catch((error: unknown) => {
    holder.graftContainer = undefined;
    throw error;
  });
  return holder.graftContainer;
}

async function createWebContainer(): Promise<Container> {
  const connectionString = await awaitDatabase(readEnv().databaseUrl);
  if (connectionString === undefined) throw new Error("The web process needs DATABASE_URL. npm start sets it.");
  return createContainer({ connectionString, role: "sender" });
}
