import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readRegularFile } from "./read-regular-file.ts";
import type { WorkFolder } from "./work-folder.ts";

type Report = { name: string; text: string };

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
    const bytes = await readRegularFile({ path: join(folder.reports, name), maxBytes });
    if (bytes !== null) reports.push({ name, text: bytes.toString("utf8") });
  }
  return reports;
}
