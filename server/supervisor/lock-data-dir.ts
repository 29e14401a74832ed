import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes the data directory for this process. The file names its holder; one whose holder is gone is taken over.
 * @throws Error with a sentence where another process holds it
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "graft.pid");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
      if (holder !== process.pid && isAlive(holder)) {
        throw new Error(`Graft already runs on ${dataDir} (process ${holder}). Stop that one first, or set GRAFT_DATA_DIR to another directory.`);
      }
      await rm(path, { force: true });
    }
  }
  throw new Error(`Another Graft is just starting on ${dataDir}. Try again.`);
}

/** Whether a process that is alive holds the data directory. */
export async function isDataDirLocked(dataDir: string): Promise<boolean> {
  return isAlive(Number.parseInt(await readFile(join(dataDir, "graft.pid"), "utf8").catch(() => ""), 10));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
