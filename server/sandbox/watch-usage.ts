import { statfs } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { measureFolder } from "./measure-folder.ts";
import { listProcessTree, measureDeletedFiles, measureMemory } from "./process-tree.ts";
import type { SandboxLimit } from "./sandbox-end.ts";
import type { SandboxLimits } from "./sandbox-limits.ts";

/**
 * Counting a folder is slow. Until the free disk space shrank by this much, or this many files were added, it is not
 * repeated.
 */
const uncountedBytes = 64 * 1_048_576;
const uncountedFiles = 10_000;

/** Others write to the disk too: freed space must not hide growth for long. */
const countEveryMs = 5_000;

/** With less free space the host itself is about to fail, whoever used it. */
const minFreeBytes = 512 * 1_048_576;

/**
 * Watches the resources of a sandbox's processes until `signal`, and names the memory or disk limit that they exceed.
 */
export async function watchUsage({
  pid,
  root,
  limits,
  signal,
}: {
  pid: number;
  /** The work folder. */
  root: string;
  limits: SandboxLimits;
  signal: AbortSignal;
}): Promise<SandboxLimit | null> {
  let counted = await readRoom(root);
  let countedAt = Date.now();
  while (!signal.aborted) {
    const pids = await listProcessTree(pid);
    if ((await measureMemory(pids)) > limits.memoryBytes) return "memory";
    const room = await readRoom(root);
    if (room.bytes < minFreeBytes && room.bytes < counted.bytes) return "disk";
    const isLess = counted.bytes - room.bytes > uncountedBytes || counted.files - room.files > uncountedFiles;
    if (isLess || Date.now() - countedAt > countEveryMs) {
      const used = await measureFolder({ path: root, maxFiles: limits.diskFiles });
      const bytes = used.bytes + (await measureDeletedFiles(pids));
      if (bytes > limits.diskBytes || used.files > limits.diskFiles) return "disk";
      counted = await readRoom(root);
      countedAt = Date.now();
    }
    await delay(limits.lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

async function readRoom(path: string): Promise<{ bytes: number; files: number }> {
  const { bavail, bsize, ffree } = await statfs(path);
  return { bytes: bavail * bsize, files: ffree };
}
