import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { logger } from "#server/logger.ts";
import {
  listClusterProcesses,
  readProcess,
  runsThisProgram,
  worksElsewhere,
  type ClusterProcess,
} from "./cluster-processes.ts";

/** How long to wait for a zombie: a killed process stays one until its parent reaps it, and some parents never do. */
const zombieTimeoutMs = 2_000;
/** The time that PostgreSQL itself gives a process to exit after SIGQUIT. */
const quitTimeoutMs = 2_000;
const pollMs = 50;

/**
 * Prepares a start on a cluster whose server died. It waits for the dead server, ends the sessions that survived it
 * (they hold its shared memory and would block any new server), and removes the lock file if its process has ended or
 * belongs to another program. A living server is left alone.
 */
export async function clearDeadServer({ clusterDir }: { clusterDir: string }): Promise<void> {
  const lockFile = join(clusterDir, "postmaster.pid");
  const pid = await readLockedPid(lockFile);
  const server = pid === null ? null : await waitForZombie(pid);
  const isGone = server === null || server.isZombie || (await worksElsewhere({ pid: server.pid, clusterDir }));
  if (!isGone) return;
  await endOrphans({ clusterDir });
  // Without the lock file PostgreSQL does not check whether its shared memory is in use; at this point nobody is left
  // who could use it.
  if (server !== null && (await listClusterProcesses(clusterDir)).length === 0) await rm(lockFile, { force: true });
}

async function readLockedPid(lockFile: string): Promise<number | null> {
  const text = await readFile(lockFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text.split("\n", 1)[0] ?? "", 10);
  return Number.isNaN(pid) ? null : pid;
}

/** Returns the process once it is no longer a zombie, or the zombie after the time limit. */
async function waitForZombie(pid: number): Promise<ClusterProcess | null> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const found = await readProcess(pid);
    if (found?.isZombie !== true || waitedMs >= zombieTimeoutMs) return found;
    await delay(pollMs);
  }
}

async function endOrphans({ clusterDir }: { clusterDir: string }): Promise<void> {
  const orphans = await findOrphans({ clusterDir });
  if (orphans.length === 0) return;
  logger.warn(
    { pids: orphans },
    "PostgreSQL processes of this data directory outlived their server and keep the next one out; they are ended. Your data is untouched.",
  );
  for (const signal of ["SIGQUIT", "SIGKILL"] as const) {
    for (const pid of await findOrphans({ clusterDir })) signalIfThere({ pid, signal });
    for (let waitedMs = 0; waitedMs < quitTimeoutMs; waitedMs += pollMs) {
      if ((await findOrphans({ clusterDir })).length === 0) return;
      await delay(pollMs);
    }
  }
}

/** Leaves out processes whose parent is one of them or a process like this one, which may be starting a server now. */
async function findOrphans({ clusterDir }: { clusterDir: string }): Promise<number[]> {
  const processes = (await listClusterProcesses(clusterDir)).filter(({ isZombie }) => !isZombie);
  const orphans: number[] = [];
  for (const { pid, parentPid } of processes) {
    const isChild = processes.some((other) => other.pid === parentPid);
    if (isChild || (parentPid !== 1 && (await runsThisProgram(parentPid)))) continue;
    orphans.push(pid);
  }
  return orphans;
}

function signalIfThere({ pid, signal }: { pid: number; signal: NodeJS.Signals }): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
