/** Set for processes that start before their database. */
export const awaitDatabaseVariable = "GRAFT_AWAIT_DATABASE";

/** What the supervisor sends to a process once the database is migrated. */
export type DatabaseMessage = { databaseUrl: string };

/** On globalThis, because Next bundles routes separately, and the message arrives before most of them are loaded. */
const holder = globalThis as typeof globalThis & { graftDatabase?: Promise<DatabaseMessage> };

// Preloaded into each supervised process, which loads its modules while the database starts or recovers.
if (process.env[awaitDatabaseVariable] === "1")
  holder.graftDatabase ??= new Promise((resolve) => {
    // Without its supervisor, nobody would send the message.
    const exit = () => process.exit(1);
    const read = (message: unknown) => {
      if (typeof message !== "object" || message === null || !("databaseUrl" in message)) return;
      process.off("disconnect", exit);
      process.off("message", read);
      resolve(message as DatabaseMessage);
    };
    process.on("message", read);
    process.once("disconnect", exit);
    if (process.connected === false) exit();
  });

/** Resolves once the database that the supervisor opened can be used; at once to `given` in a process without one. */
export async function awaitDatabase(given: string | undefined): Promise<string | undefined> {
  return holder.graftDatabase === undefined ? given : (await holder.graftDatabase).databaseUrl;
}
