import { constants } from "node:fs";
import { open } from "node:fs/promises";

/**
 * A file that a sandbox's program left. Links are not followed and pipes are not read; null for them, and for a file
 * that is missing or too long.
 */
export async function readRegularFile({ path, maxBytes }: { path: string; maxBytes: number }): Promise<Buffer | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= maxBytes ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}
