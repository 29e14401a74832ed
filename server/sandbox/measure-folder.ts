import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The disk usage of a folder. Links are counted and not followed. Stops above `maxFiles`. */
export async function measureFolder({
  path,
  maxFiles,
}: {
  path: string;
  maxFiles: number;
}): Promise<{ bytes: number; files: number }> {
  let bytes = 0;
  let files = 0;
  const directories = [path];
  for (let next = directories.pop(); next !== undefined && files <= maxFiles; next = directories.pop()) {
    const current = next;
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    files += entries.length;
    for (const entry of entries) if (entry.isDirectory()) directories.push(join(current, entry.name));
    const sizes = await Promise.all(
      entries.map(async ({ name }) => (await lstat(join(current, name)).catch(() => null))?.blocks ?? 0),
    );
    bytes += sizes.reduce((sum, blocks) => sum + blocks * 512, 0);
  }
  return { bytes, files };
}
