import { readdir, readFile, readlink, realpath } from "node:fs/promises";

export type ClusterProcess = { pid: number; parentPid: number; isZombie: boolean };

/**
 * Only Linux shows the working directory of a process. Elsewhere nothing is found, and PostgreSQL's own checks must
 * suffice.
 */
const procDir = "/proc";

/** The processes whose working directory is the cluster's: PostgreSQL's first process and all of its children. */
export async function listClusterProcesses(clusterDir: string): Promise<ClusterProcess[]> {
  const directory = await realpath(clusterDir).catch(() => clusterDir);
  const names = await readdir(procDir).catch(() => []);
  const found: ClusterProcess[] = [];
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    if ((await readlink(`${procDir}/${name}/cwd`).catch(() => null)) !== directory) continue;
    const state = await readProcess(Number(name));
    if (state !== null) found.push(state);
  }
  return found;
}

/** Null if the process does not exist. */
export async function readProcess(pid: number): Promise<ClusterProcess | null> {
  const stat = await readFile(`${procDir}/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name is in parentheses and may contain any character.
  const [state, parentPid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { pid, parentPid: Number(parentPid), isZombie: state === "Z" || state === "X" };
}

/** False if this cannot be determined: a process of another user may be the server. */
export async function worksElsewhere({ pid, clusterDir }: { pid: number; clusterDir: string }): Promise<boolean> {
  const directory = await realpath(clusterDir).catch(() => clusterDir);
  const current = await readlink(`${procDir}/${pid}/cwd`).catch(() => directory);
  return current !== directory;
}

/** Whether the process runs the same program as this one, which may be starting a server now. */
export async function runsThisProgram(pid: number): Promise<boolean> {
  const program = await readlink(`${procDir}/${pid}/exe`).catch(() => null);
  return program !== null && program === (await readlink(`${procDir}/self/exe`).catch(() => null));
}
