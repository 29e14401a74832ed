import { restoreBackup } from "#server/database/backup.ts";
import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { readEnv } from "#server/env.ts";
import { createJobEngine } from "#server/jobs/job-engine.ts";
import { createRunQueue } from "#server/jobs/run-queue.ts";
import { openDatabase } from "#server/store/database.ts";
import { createCheckQueue } from "#server/jobs/check-queue.ts";
import { requeueChecks } from "../services/checks/requeue-checks.ts";
import { requeueRuns } from "../services/runs/working/requeue-runs.ts";
import { verifyHistory } from "../services/operations/verify-history.ts";

/** `node scripts/restore.mjs FILE`, into an empty database, with Graft stopped. Prints fsck's result at the end. */
async function main(): Promise<void> {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error("Say which backup: node scripts/restore.mjs graft-backup.jsonl.gz");
  const env = readEnv();
  const embedded = env.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  try {
    if (embedded !== null)
      await ensureDatabase({ adminConnectionString: embedded.connectionString("postgres"), name: "graft" });
    await restore({ connectionString: env.databaseUrl ?? embedded?.connectionString("graft") ?? "", path });
  } finally {
    if (embedded?.wasRunning === false) await embedded.stop();
  }
}

async function restore({ connectionString, path }: { connectionString: string; path: string }): Promise<void> {
  const { rowCount, tableCount } = await restoreBackup({ connectionString, path });
  const onError = () => undefined;
  const database = openDatabase({ connectionString, maxConnections: 2, onError });
  const engine = createJobEngine({ connectionString, role: "sender", onError });
  const queue = createRunQueue({ engine });
  const checkQueue = createCheckQueue({ engine });
  try {
    await queue.start();
    await checkQueue.start();
    const runCount = await requeueRuns({ database, queue });
    await requeueChecks({ database, checkQueue });
    const { faults, generations } = await verifyHistory({ database });
    for (const fault of faults) console.error(fault);
    console.log(
      `${rowCount} rows of ${tableCount} tables, ${generations} generations, ${runCount} runs put back into the queue: ${faults.length === 0 ? "everything is intact" : `${faults.length} faults`}`,
    );
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await queue.stop();
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
