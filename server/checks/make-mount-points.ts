import { chown, lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ReadPath, WritePath } from "#server/sandbox/build-arguments.ts";
import type { SandboxMachine } from "#server/sandbox/sandbox-machine.ts";
import type { WorkFolder } from "#server/sandbox/work-folder.ts";
import { writableFolders } from "./install-packages.ts";

/** Mount points for packages and their writable folders. Created before anything in the tree could be a link. */
export async function makeMountPoints({
  folder,
  readPaths,
  machine: { user },
}: {
  folder: WorkFolder;
  readPaths: readonly ReadPath[];
  machine: SandboxMachine;
}): Promise<WritePath[]> {
  const writePaths: WritePath[] = [];
  const make = async (path: string) => {
    await mkdir(path, { recursive: true });
    if (user !== null) await chown(path, user.uid, user.gid);
  };
  for (const [index, { from, to }] of readPaths.entries()) {
    await make(join(folder.files, to.replace(/^\/work\//, "")));
    for (const name of writableFolders) {
      if ((await lstat(join(from, name)).catch(() => null))?.isDirectory() !== true) continue;
      const hole = join(folder.root, `hole-${index}-${name}`);
      await make(hole);
      writePaths.push({ from: hole, to: `${to}/${name}` });
    }
  }
  return writePaths;
}
