import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** A server that is starting, recovering or stopping answers within this time; otherwise something is wrong with it. */
export const answerTimeoutMs = 60_000;

/** SQLSTATE of a server that is starting, recovering or shutting down. */
const cannotConnectNow = "57P03";

/** Waits for a server that is starting, recovering or stopping. Returns false if none listens. */
export async function isServing(connectionString: string): Promise<boolean> {
  for (const startedAt = Date.now(); ; await delay(50)) {
    const code = await findConnectionFault(connectionString);
    if (code === null) return true;
    if (code !== cannotConnectNow) return false;
    if (Date.now() - startedAt > answerTimeoutMs)
      throw new Error(
        `PostgreSQL has not become ready within ${answerTimeoutMs / 1_000} s. Your data is untouched. Start again.`,
      );
  }
}

/** The SQLSTATE or error code that rejects a client; null if it can connect. */
async function findConnectionFault(connectionString: string): Promise<string | null> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? "unknown";
  }
}
