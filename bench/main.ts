import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer } from "#server/testing/start-test-server.ts";
import { stopTestServer } from "#server/testing/test-database.ts";
import { benchArchives } from "./archives.ts";
import { printTable, type BenchRow } from "./bench-table.ts";
import { benchEdits } from "./edits.ts";
import { benchGuards } from "./guards.ts";
import { benchHistoryEdits } from "./history-edits.ts";
import { benchIteration } from "./iteration.ts";
import { benchStore } from "./store.ts";

const project = fileURLToPath(new URL("../", import.meta.url));
const header: BenchRow = { name: "benchmark", graft: "Graft", yardstick: "yardstick", note: "yardstick is" };
const [part, folder = project] = process.argv.slice(2);
if (part === "guards") {
  // `npm run bench -- guards FOLDER`: a repository, or a folder of repositories.
  printTable(header, await benchGuards({ directory: folder, isVerbose: process.argv.includes("--verbose") }));
} else {
  const rows = await benchAll();
  printTable(header, rows);
  writeFileSync(
    fileURLToPath(new URL("results.json", import.meta.url)),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`,
  );
}

async function benchAll(): Promise<BenchRow[]> {
  const models = new ScriptedGateway({ turns: [] });
  const server = await startTestServer({ models });
  try {
    return [
      ...(await benchStore({ server })),
      ...(await benchIteration({ server, models })),
      ...(await benchArchives({ server })),
      ...(await benchEdits()),
      ...benchHistoryEdits(),
      ...(await benchGuards({ directory: project })),
    ];
  } finally {
    await server.close();
    await stopTestServer();
  }
}
