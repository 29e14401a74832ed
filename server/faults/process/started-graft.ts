import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findTestPort } from "#server/testing/find-test-port.ts";
import { faultDirectory } from "../fault-directory.ts";
import { faultKey } from "./fault-model.ts";
import { waitUntil } from "./fault-host.ts";

const projectDir = fileURLToPath(new URL("../../../", import.meta.url));
/** The data directory, kept from one start to the next. */
export const startedDataDir = faultDirectory("start");
const readyTimeoutMs = 60_000;
const goneTimeoutMs = 120_000;

const commands = {
  npm: ["npm", "start"],
  "start script": [process.execPath, "scripts/start.mjs"],
  supervisor: [process.execPath, "server/supervisor/main.ts"],
} as const;

export type StartCommand = keyof typeof commands;

type ProcessRow = { pid: number; parentPid: number; command: string };

/** The whole product as a user starts it, on a data directory of its own. */
export class StartedGraft {
  readonly baseUrl: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  log = "";

  private constructor({ child, pid, baseUrl }: { child: ChildProcess; pid: number; baseUrl: string }) {
    this.#child = child;
    this.pid = pid;
    this.baseUrl = baseUrl;
    child.stdout?.on("data", (chunk) => (this.log += String(chunk)));
    child.stderr?.on("data", (chunk) => (this.log += String(chunk)));
  }

  /** Resolves once the product prints that it is ready, on the given port or a free one. */
  static async start({
    command,
    modelUrl,
    port: givenPort,
  }: {
    command: StartCommand;
    modelUrl?: string;
    port?: number;
  }): Promise<StartedGraft> {
    const port = givenPort ?? (await findTestPort());
    const [file, ...args] = commands[command];
    // A terminal makes the process the leader of a group, to which Ctrl-C sends its signal.
    const child = spawn(file, args, {
      cwd: projectDir,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        LOG_LEVEL: "info",
        PORT: String(port),
        GRAFT_DATA_DIR: startedDataDir,
        ...(modelUrl === undefined
          ? {}
          : {
              OPENAI_COMPATIBLE_BASE_URL: modelUrl,
              OPENAI_COMPATIBLE_API_KEY: faultKey,
              OPENAI_COMPATIBLE_MODELS: "loopback",
            }),
      },
    });
    if (child.pid === undefined) throw new Error(`${file} did not start.`);
    const graft = new StartedGraft({ child, pid: child.pid, baseUrl: `http://127.0.0.1:${port}` });
    try {
      await waitUntil({
        what: "Graft is ready",
        timeoutMs: readyTimeoutMs,
        isTrue: async () => graft.log.includes("Graft is ready"),
      });
    } catch (cause) {
      await graft.end();
      throw new Error(graft.log, { cause });
    }
    return graft;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends the signal to every process of the group, as a terminal does. */
  pressCtrlC(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /**
   * Kills every process of the product with SIGKILL, including the database's, as nearly at once as signals can be
   * sent.
   */
  cutPower(): void {
    for (const pid of this.listPids()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // The process exited with its parent in the meantime.
      }
    }
  }

  isHealthy(): Promise<boolean> {
    return fetch(`${this.baseUrl}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** The descendant whose command line contains the text. */
  findPid(text: string): number {
    const found = listBelow(this.pid).find(({ command }) => command.includes(text));
    if (found === undefined) throw new Error(`No process of Graft has ${text} in its command line.`);
    return found.pid;
  }

  /** This process and its descendants, except those whose command line contains `without`, with their descendants. */
  listPids({ without }: { without?: string } = {}): number[] {
    const left =
      without === undefined
        ? []
        : listBelow(this.pid).flatMap(({ pid, command }) =>
            command.includes(without) ? [pid, ...listBelow(pid).map((row) => row.pid)] : [],
          );
    return [this.pid, ...listBelow(this.pid).map(({ pid }) => pid)].filter((pid) => !left.includes(pid));
  }

  /** Kills everything that is left, at the end of a test. */
  async end(pids: readonly number[] = this.listPids()): Promise<void> {
    this.signal("SIGTERM");
    // A killed supervisor stops none of them.
    if (!isAlive(this.pid)) for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGINT");
    await waitUntilGone(pids).catch(() => {
      for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGKILL");
    });
  }
}

export function waitUntilGone(pids: readonly number[]): Promise<void> {
  return waitUntil({
    what: "every process has ended",
    timeoutMs: goneTimeoutMs,
    isTrue: async () => !pids.some(isAlive),
  });
}

/** A zombie counts as exited. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}

function listBelow(pid: number): ProcessRow[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line): ProcessRow[] => {
      const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
      return match === null ? [] : [{ pid: Number(match[1]), parentPid: Number(match[2]), command: match[3] ?? "" }];
    });
  const collect = (parentPid: number): ProcessRow[] =>
    rows.filter((row) => row.parentPid === parentPid).flatMap((row) => [row, ...collect(row.pid)]);
  return collect(pid);
}
