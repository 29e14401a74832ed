import { once } from "node:events";
import type { Database } from "../database.ts";

/** An arbitrary number that no other lock uses. */
const previewLock = 7_305_141_202;

type PreviewLock = {
  /** Resolves when the session has ended, so that another process may take over. */
  lost: Promise<void>;
  release(): Promise<void>;
};

/**
 * Waits until this process is the only one that runs previews of this database, and holds the lock until it ends. Null
 * if `signal` aborts first.
 */
export async function holdPreviewLock({
  database,
  signal,
}: {
  database: Database;
  signal: AbortSignal;
}): Promise<PreviewLock | null> {
  const client = await database.connectListener();
  client.on("error", () => undefined);
  const lost = once(client, "end").then(() => undefined);
  const giveUp = () => void client.end().catch(() => undefined);
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [previewLock]);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
  return { lost, release: () => client.end() };
}
