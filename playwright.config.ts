import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

/** One product under test. Playwright's worker `i` has server `i` to itself. */
export type TestedServer = { baseUrl: string; dataDir: string; modelServerPort: number };

const firstPort = Number(process.env["GRAFT_E2E_PORT"] ?? 3_217);
const servers = Array.from({ length: Number(process.env["GRAFT_E2E_SERVERS"] ?? 1) }, (_, index) => {
  const port = firstPort + 2 * index;
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    dataDir: fileURLToPath(new URL(`node_modules/.cache/graft/e2e/${index}`, import.meta.url)),
    // e2e/support/fixtures.ts starts the loopback model server that the journeys script.
    modelServerPort: port + 1,
  };
});

/** How many times slower than this machine the browser runs, to find journeys that depend on time. */
export const slowdown = Number(process.env["GRAFT_E2E_SLOWDOWN"] ?? 1);

/**
 * The longest delay of each response in ms, to find journeys and screens that depend on the order in which data
 * arrives. With it, pages contain no data, as if the server was too busy to prefetch.
 */
export const maxLatencyMs = Number(process.env["GRAFT_E2E_LATENCY"] ?? 0);
const patience = slowdown * (maxLatencyMs > 0 ? 3 : 1);

/** @throws RangeError for a worker without a server */
export function testedServer(workerIndex: number): TestedServer {
  const server = servers[workerIndex];
  if (server === undefined) throw new RangeError(`No server was started for worker ${workerIndex}.`);
  return server;
}

// Only the runner's first process starts the servers; workers evaluate this file too and must not remove the data.
if (process.env["TEST_WORKER_INDEX"] === undefined)
  for (const { dataDir } of servers) rmSync(dataDir, { recursive: true, force: true });

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: servers.length,
  retries: 0,
  timeout: 60_000 * patience,
  expect: { timeout: 15_000 * patience },
  reporter: [["list"], ["json"]],
  use: {
    // `npm test -- browser NAME --trace on` records one.
    trace: "off",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(process.env["GRAFT_CHROMIUM"] === undefined ? {} : { executablePath: process.env["GRAFT_CHROMIUM"] }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
      ],
    },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } } }],
  webServer: servers.map(({ port, baseUrl, dataDir, modelServerPort }) => ({
    command: "node scripts/start.mjs",
    url: `${baseUrl}/api/health`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
    env: {
      PORT: String(port),
      LOG_LEVEL: "error",
      GRAFT_DATA_DIR: dataDir,
      // Journeys open repositories of loopback hosts.
      GRAFT_PRIVATE_REPOSITORIES: "on",
      OPENAI_COMPATIBLE_BASE_URL: `http://127.0.0.1:${modelServerPort}/v1`,
      OPENAI_COMPATIBLE_MODELS: "scripted",
      // The same server, with a model id whose price is known.
      OPENAI_API_KEY: "sk-loopback",
      OPENAI_BASE_URL: `http://127.0.0.1:${modelServerPort}/v1`,
    },
  })),
});
