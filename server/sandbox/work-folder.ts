import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxUser } from "./sandbox-user.ts";

/**
 * The folders that one command may write to. They are on the disk and share one limit; nothing else outlives the
 * command.
 */
export type WorkFolder = {
  root: string;
  /** `/work` inside the sandbox. */
  files: string;
  home: string;
  temporary: string;
  /** `/reports` inside the sandbox: machine-readable results. */
  reports: string;
};

export async function makeWorkFolder({
  directory,
  user,
}: {
  directory: string;
  user: SandboxUser | null;
}): Promise<WorkFolder> {
  const root = await mkdtemp(join(directory, `job-${process.pid}-`));
  const folder: WorkFolder = {
    root,
    files: join(root, "files"),
    home: join(root, "home"),
    temporary: join(root, "tmp"),
    reports: join(root, "reports"),
  };
  const { files, home, temporary, reports } = folder;
  for (const path of [files, home, temporary, reports]) await mkdir(path, { mode: 0o700 });
  if (user !== null) for (const path of [root, files, home, temporary, reports]) await chown(path, user.uid, user.gid);
  return folder;
}

/** Also creates the folders above it. Nothing exists yet that could be a link. */
export async function writeFileAs({
  root,
  path,
  text,
  user,
}: {
  root: string;
  path: string;
  text: string;
  user: SandboxUser | null;
}): Promise<void> {
  const parts = path.split("/");
  for (let count = 1; count < parts.length; count += 1) {
    const folder = join(root, ...parts.slice(0, count));
    const isMade = await mkdir(folder).then(
      () => true,
      () => false,
    );
    if (isMade && user !== null) await chown(folder, user.uid, user.gid);
  }
  await writeFile(join(root, path), text);
  if (user !== null) await chown(join(root, path), user.uid, user.gid);
}

/** Removes links without following them. */
export async function removeWorkFolder({ root }: Pick<WorkFolder, "root">): Promise<void> {
  await rm(root, { recursive: true, force: true, maxRetries: 3 });
}
