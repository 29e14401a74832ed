import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

const advice = "Set GRAFT_DATA_DIR to a directory that can be written to, and start again.";

/**
 * Creates the directory and its parents one by one. Node's recursive `mkdir` never returns on file systems without
 * directories, as below /proc.
 *
 * @throws Error with a message if a file is on the path, or nothing can be written
 */
export async function makeDataDirectory(dataDir: string): Promise<void> {
  const missing: string[] = [];
  let existing = dataDir;
  for (; !(await isDirectory({ path: existing, dataDir })); existing = dirname(existing)) missing.unshift(existing);
  if (missing.length === 0) await requireWritable(dataDir);
  for (const path of missing)
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw refuse({ path, dataDir, error });
    });
}

/** False if the path does not exist. */
async function isDirectory({ path, dataDir }: { path: string; dataDir: string }): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // For a path below a file, the loop finds the file further up.
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw refuse({ path, dataDir, error: error as NodeJS.ErrnoException });
  }
  const place = path === dataDir ? "is a file" : `is below ${path}, which is a file`;
  throw new Error(`The data directory ${dataDir} ${place}. Nothing was changed. ${advice}`);
}

async function requireWritable(dataDir: string): Promise<void> {
  await access(dataDir, constants.W_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    throw refuse({ path: dataDir, dataDir, error });
  });
}

function refuse({ path, dataDir, error }: { path: string; dataDir: string; error: NodeJS.ErrnoException }): Error {
  const reasons: Record<string, string> = {
    EACCES: `this user may not write to ${path}`,
    EPERM: `this user may not write to ${path}`,
    EROFS: `${path} is on a file system that is read-only`,
    ENOSPC: `the disk of ${path} is full`,
    ENAMETOOLONG: "its path is too long",
    ELOOP: "its path leads in a circle",
  };
  const reason = reasons[error.code ?? ""] ?? `${path} cannot be made there`;
  return new Error(`The data directory ${dataDir} cannot be used: ${reason}. Nothing was changed. ${advice}`, {
    cause: error,
  });
}
