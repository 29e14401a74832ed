import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer } from "#server/testing/start-test-server.ts";
import { stopTestServer } from "#server/testing/test-database.ts";
import { benchArchives } from "./archives.ts";
import { printTable } from "./bench-table.ts";
import { benchEdits } from "./edits.ts";
import { benchHistoryEdits } from "./history-edits.ts";
import { benchIteration } from "./iteration.ts";
import { benchStore } from "./store.ts";

const models = new ScriptedGateway({ turns: [] });
const server = await startTestServer({ models });
try {
  const rows = [
    ...(await benchStore({ server })),
    ...(await benchIteration({ server, models })),
    ...(await benchArchives({ server })),
    ...(await benchEdits()),
    ...benchHistoryEdits(),
  ];
  printTable({ name: "benchmark", graft: "Graft", yardstick: "yardstick", note: "yardstick is" }, rows);
  const directory = fileURLToPath(new URL("./", import.meta.url));
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    `${directory}/results.json`,
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`,
  );
} finally {
  await server.close();
  await stopTestServer();
}
