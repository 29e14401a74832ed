import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { readEnv } from "#server/env.ts";
import { openDatabase, type Database } from "#server/store/database.ts";
import { proposeRepairs } from "../services/operations/propose-repairs.ts";
import { type HistoryReport, verifyHistory } from "../services/operations/verify-history.ts";

/**
 * `npm run fsck`: exits with 0 and a line of counts, or with 1 and one line per fault. With `-- --repair-from-parent`
 * it also lists possible repairs; it never writes. Graft may be running.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { "repair-from-parent": { type: "boolean", default: false } } });
  const env = readEnv();
  const embedded = env.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: env.dataDir }) : null;
  const database = openDatabase({
    connectionString: env.databaseUrl ?? embedded?.connectionString("graft") ?? "",
    maxConnections: 2,
    onError: () => undefined,
  });
  try {
    const report = await verifyHistory({ database });
    const { faults, blobs, generations, projects, runs } = report;
    for (const fault of faults) console.error(fault);
    console.log(
      `${projects} projects, ${generations} generations, ${blobs} contents, ${runs} runs: ${faults.length === 0 ? "everything is intact" : `${faults.length} faults`}`,
    );
    if (values["repair-from-parent"])
      await printProposals({ database, report, address: `http://${env.host}:${env.port}` });
    else if (report.damage.length > 0)
      console.log("npm run fsck -- --repair-from-parent says what would make this good.");
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.close();
    if (embedded?.wasRunning === false) await embedded.stop();
  }
}

async function printProposals({
  database,
  report,
  address,
}: {
  database: Database;
  report: HistoryReport;
  address: string;
}): Promise<void> {
  const proposals = await proposeRepairs({ database, report, address });
  for (const { problem, steps } of proposals)
    console.log(["", problem, ...steps.map((step) => `  ${step}`)].join("\n"));
  console.log(`\n${proposals.length} proposals. Nothing was changed.`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
