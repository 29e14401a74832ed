import { writeBackup } from "#server/database/backup.ts";
import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { readEnv } from "#server/env.ts";

/** `node scripts/backup.mjs FILE`. Graft may be running. */
async function main(): Promise<void> {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error("Say where the backup goes: node scripts/backup.mjs graft-backup.jsonl.gz");
  const env = readEnv();
  const embedded = env.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  try {
    const { rowCount, tableCount } = await writeBackup({
      connectionString: env.databaseUrl ?? embedded?.connectionString("graft") ?? "",
      path,
    });
    console.log(`${path}: ${rowCount} rows of ${tableCount} tables`);
  } finally {
    if (embedded?.wasRunning === false) await embedded.stop();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
