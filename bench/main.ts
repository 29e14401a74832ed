import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { stopTestServer } from "#server/testing/test-database.ts";
import { benchArchives } from "./archives.ts";
import { printTable, type BenchRow } from "./bench-table.ts";
import { benchCandidates } from "./candidates.ts";
import { benchChecks } from "./checks.ts";
import { benchCodeSchemas } from "./code-schemas.ts";
import { benchEdits } from "./edits.ts";
import { benchGitTransport } from "./git-transport.ts";
import { benchGuards } from "./guards.ts";
import { benchHistoryEdits } from "./history-edits.ts";
import { benchIteration } from "./iteration.ts";
import { benchLargeProjects } from "./large-projects.ts";
import { benchMemory } from "./memory.ts";
import { benchPreviews } from "./previews.ts";
import { benchRanking } from "./ranking.ts";
import { benchSearch } from "./search.ts";
import { benchStore } from "./store.ts";

const project = fileURLToPath(new URL("../", import.meta.url));
const header: BenchRow = { name: "benchmark", graft: "Graft", yardstick: "yardstick", note: "yardstick is" };
const [part, folder = project] = process.argv.slice(2);
if (part === "guards") {
  // `npm run bench -- guards FOLDER`: a repository, or a folder of repositories.
  printTable(header, await benchGuards({ directory: folder, isVerbose: process.argv.includes("--verbose") }));
} else {
  // `npm run bench -- search`, `-- ranking`, `-- schemas`, `-- iteration`, `-- git`, `-- candidates`, `-- large`, `--
  // checks`, `-- previews` or `-- memory`: one part, without a results file.
  const parts = {
    search: benchSearch,
    ranking: benchRanking,
    schemas: benchCodeSchemas,
    iteration: benchIteration,
    git: benchGitTransport,
  };
  const alone = {
    candidates: benchAlone,
    large: benchLargeProjects,
    checks: benchChecks,
    previews: benchPreviews,
    memory: benchMemory,
  }[part ?? ""];
  if (part !== undefined && alone === undefined && !Object.hasOwn(parts, part))
    throw new Error(`There is no part ${part}. Without a name, all of them run.`);
  const rows = alone === undefined ? await benchOnServer(parts[part as keyof typeof parts] ?? benchAll) : await alone();
  printTable(header, rows);
  if (part === undefined)
    writeFileSync(
      fileURLToPath(new URL("results.json", import.meta.url)),
      `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`,
    );
}

type BenchServer = { server: TestServer; models: ScriptedGateway };

async function benchOnServer(bench: (call: BenchServer) => Promise<BenchRow[]>): Promise<BenchRow[]> {
  const models = new ScriptedGateway({ turns: [] });
  const server = await startTestServer({ models });
  try {
    return await bench({ server, models });
  } finally {
    await server.close();
    await stopTestServer();
  }
}

async function benchAlone(): Promise<BenchRow[]> {
  try {
    return await benchCandidates();
  } finally {
    await stopTestServer();
  }
}

async function benchAll({ server, models }: BenchServer): Promise<BenchRow[]> {
  return [
    ...(await benchStore({ server })),
    ...(await benchGitTransport({ server })),
    ...(await benchIteration({ server, models })),
    ...(await benchCandidates()),
    ...(await benchLargeProjects()),
    ...(await benchRanking({ server })),
    ...(await benchCodeSchemas({ server })),
    ...(await benchArchives({ server })),
    ...(await benchSearch({ server })),
    ...(await benchChecks()),
    ...(await benchPreviews()),
    ...(await benchEdits()),
    ...benchHistoryEdits(),
    ...(await benchGuards({ directory: project })),
  ];
}
