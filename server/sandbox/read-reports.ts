import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { WorkFolder } from "./work-folder.ts";

export type Report = { name: string; text: string };

const maxReports = 50;

/**
 * The files that a command left in `/reports`. They are untrusted: links are not followed, pipes are not read, and
 * files longer than `maxBytes` are skipped.
 */
export async function readReports({
  folder,
  maxBytes,
}: {
  folder: Pick<WorkFolder, "reports">;
  maxBytes: number;
}): Promise<Report[]> {
  const names = (await readdir(folder.reports)).sort().slice(0, maxReports);
  const reports: Report[] = [];
  for (const name of names) {
    const text = await readRegularFile({ path: join(folder.reports, name), maxBytes });
    if (text !== null) reports.push({ name, text });
  }
  return reports;
}

async function readRegularFile({ path, maxBytes }: { path: string; maxBytes: number }): Promise<string | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= maxBytes ? await file.readFile("utf8") : null;
  } finally {
    await file.close();
  }
}
