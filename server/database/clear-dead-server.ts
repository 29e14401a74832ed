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

/** A killed process is a zombie until its parent takes note; where none does, it would be waited for in vain. */
const zombieTimeoutMs = 2_000;
/** PostgreSQL's own time for a process to end itself at SIGQUIT. */
const quitTimeoutMs = 2_000;
const pollMs = 50;

/**
 * Clears the way for a start where a server on the cluster died: waits for the dead one, ends the sessions that
 * outlived it, which hold its memory and would keep any next one out for ever, and removes its lock file where that
 * names a process that is gone or is another program's. Leaves a server that is alive as it is.
 */
export async function clearDeadServer({ clusterDir }: { clusterDir: string }): Promise<void> {
  const lockFile = join(clusterDir, "postmaster.pid");
  const pid = await readLockedPid(lockFile);
  const server = pid === null ? null : await waitForZombie(pid);
  const isGone = server === null || server.isZombie || (await worksElsewhere({ pid: server.pid, clusterDir }));
  if (!isGone) return;
  await endOrphans({ clusterDir });
  // Without the file PostgreSQL does not look whether its memory is in use; here nobody is left who could use it.
  if (server !== null && (await listClusterProcesses(clusterDir)).length === 0) await rm(lockFile, { force: true });
}

async function readLockedPid(lockFile: string): Promise<number | null> {
  const text = await readFile(lockFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text.split("\n", 1)[0] ?? "", 10);
  return Number.isNaN(pid) ? null : pid;
}

/** The process as it is once it is no zombie any more, or as one that nobody took note of in time. */
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

/** Not those whose parent is one of them or a process like this one: that may be starting a server at this moment. */
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
