import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { readEnv } from "#server/env.ts";
import { openDatabase } from "#server/store/database.ts";
import { verifyHistory } from "./verify-history.ts";

/** `npm run fsck`: exit 0 and a line of counts, or exit 1 and a line for each fault. Graft may run meanwhile. */
async function main(): Promise<number> {
  const env = readEnv();
  const embedded = env.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  const database = openDatabase({ connectionString: env.databaseUrl ?? embedded?.connectionString("graft") ?? "", maxConnections: 2, onError: () => undefined });
  try {
    const { faults, blobs, generations, projects, runs } = await verifyHistory({ database });
    for (const fault of faults) console.error(fault);
    console.log(`${projects} projects, ${generations} generations, ${blobs} contents, ${runs} runs: ${faults.length === 0 ? "everything is intact" : `${faults.length} faults`}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.close();
    if (embedded?.wasRunning === false) await embedded.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
