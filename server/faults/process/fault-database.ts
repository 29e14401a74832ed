import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { migrate } from "#server/database/migrate.ts";
import { superviseDatabase } from "#server/supervisor/supervise-database.ts";
import { faultDirectory } from "../fault-directory.ts";

const namePrefix = "graft_fault_";

const run = promisify(execFile);

export type FaultDatabase = {
  name: string;
  connectionString: string;
  socketPath: string;
  /** Kills the server's first process with SIGKILL, which takes down all others. Its supervisor starts it again. */
  kill(): void;
  /** Resolves once the server answers again after its last kill. */
  isUp(): Promise<boolean>;
  stop(): Promise<void>;
};

/** The data directory of a slot's server, reused between suites. */
export function findFaultCluster(slot: number): string {
  return faultDirectory(`postgres-${slot}`);
}

/**
 * A migrated database on its own supervised server, so that killing it affects no other test. Two at once need two
 * places.
 */
export async function startFaultDatabase({ dataDir }: { dataDir: string }): Promise<FaultDatabase> {
  const server = await superviseDatabase({ dataDir });
  const admin = server.connectionString("postgres");
  await dropLeftovers(admin);
  const name = `${namePrefix}${randomBytes(6).toString("hex")}`;
  await ensureDatabase({ adminConnectionString: admin, name });
  const connectionString = server.connectionString(name);
  await migrate({ connectionString });
  const stopping = new AbortController();
  let postmasterPid = await findPostmaster(admin);
  return {
    name,
    connectionString,
    socketPath: join(new URL(connectionString).searchParams.get("host") ?? "", ".s.PGSQL.5432"),
    kill() {
      const pid = postmasterPid;
      postmasterPid = 0;
      if (pid === 0) return;
      process.kill(pid, "SIGKILL");
      void findNextPostmaster({ admin, deadPid: pid, signal: stopping.signal }).then(
        (newPid) => (postmasterPid = newPid),
      );
    },
    isUp: async () => postmasterPid !== 0,
    stop() {
      stopping.abort();
      return server.stop();
    },
  };
}

async function dropLeftovers(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE '${namePrefix}%'`,
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
  await client.end();
}

/** The parent of any server process. */
async function findPostmaster(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const { stdout } = await run("ps", ["-o", "ppid=", "-p", String(rows[0]?.pid)]);
  await client.end();
  return Number.parseInt(stdout, 10);
}

/** 0 if the search was aborted first. */
async function findNextPostmaster({
  admin,
  deadPid,
  signal,
}: {
  admin: string;
  deadPid: number;
  signal: AbortSignal;
}): Promise<number> {
  while (!signal.aborted) {
    const pid = await findPostmaster(admin).catch(() => deadPid);
    if (pid !== deadPid && !Number.isNaN(pid)) return pid;
    await delay(50);
  }
  return 0;
}
