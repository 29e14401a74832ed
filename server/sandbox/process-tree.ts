import { readdir, readFile, stat } from "node:fs/promises";

const pageBytes = 4_096;

/** A process and all its descendants. None can leave a PID namespace: orphans are inherited by its first process. */
export async function listProcessTree(pid: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const status = await readFile(`/proc/${name}/stat`, "latin1").catch(() => null);
      if (status === null) return;
      const parent = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }),
  );
  const found = [pid];
  for (const current of found) found.push(...(children.get(current) ?? []));
  return found;
}

/** False for a zombie: on some hosts the init process takes seconds to reap. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => null);
  return status !== null && !/^[ZX]/.test(status.slice(status.lastIndexOf(")") + 2));
}

/** Private memory per process: shared libraries would be counted once per process. */
export async function measureMemory(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/statm`, "latin1").catch(() => "0 0 0");
      const [, resident = 0, shared = 0] = text.split(" ").map(Number);
      return (resident - shared) * pageBytes;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Deleted files occupy space until the last process closes them. */
export async function measureDeletedFiles(pids: readonly number[]): Promise<number> {
  const seen = new Map<string, number>();
  await Promise.all(
    pids.map(async (pid) => {
      const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
      for (const descriptor of descriptors) {
        const found = await stat(`/proc/${pid}/fd/${descriptor}`).catch(() => null);
        if (found?.isFile() === true && found.nlink === 0) seen.set(`${found.dev} ${found.ino}`, found.blocks * 512);
      }
    }),
  );
  return [...seen.values()].reduce((sum, size) => sum + size, 0);
}
