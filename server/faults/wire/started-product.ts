import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findTestPort } from "#server/testing/find-test-port.ts";

const projectDir = fileURLToPath(new URL("../../../", import.meta.url));
/** The first start builds the web application. */
const readyTimeoutMs = 240_000;

type StartedProduct = {
  readonly baseUrl: string;
  /** Everything the processes have printed so far. */
  readLog(): string;
  /** Resident memory of its two processes, in MB. */
  readMemory(): { webMb: number; workerMb: number };
  stop(): Promise<void>;
};

/** Web and worker as `npm start` runs them, on the given database. */
export async function startProduct({ env }: { env: Record<string, string> }): Promise<StartedProduct> {
  const port = await findTestPort();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: projectDir,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "info", PORT: String(port), ...env },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += String(chunk)));
  const product: StartedProduct = {
    baseUrl: `http://127.0.0.1:${port}`,
    readLog: () => log,
    readMemory() {
      const rows = listBelow(child.pid ?? 0);
      const sum = (text: RegExp) =>
        Math.round(rows.reduce((kb, row) => kb + (text.test(row.command) ? row.rssKb : 0), 0) / 1_024);
      return { webMb: sum(/next-server|dist\/bin\/next/), workerMb: sum(/worker-main/) };
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
  for (const startedAtMs = performance.now(); !log.includes("Graft is ready");) {
    if (child.exitCode !== null || performance.now() - startedAtMs > readyTimeoutMs) {
      await product.stop();
      throw new Error(`The product did not start: ${log}`);
    }
    await delay(100);
  }
  return product;
}

type ProcessRow = { pid: number; parentPid: number; rssKb: number; command: string };

function listBelow(pid: number): ProcessRow[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line): ProcessRow[] => {
      const [, ownPid, parentPid, rssKb, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return command === undefined
        ? []
        : [{ pid: Number(ownPid), parentPid: Number(parentPid), rssKb: Number(rssKb), command }];
    });
  const collect = (parentPid: number): ProcessRow[] =>
    rows.filter((row) => row.parentPid === parentPid).flatMap((row) => [row, ...collect(row.pid)]);
  return collect(pid);
}
