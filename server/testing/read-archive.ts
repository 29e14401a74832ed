import { bytesInMemory } from "#server/archive/byte-source.ts";
import { readZipDirectory } from "#server/archive/read-zip-directory.ts";
import { readZipEntry } from "#server/archive/read-zip-entry.ts";

/** The files of a zip, as its own names and bytes. */
export async function readArchive(archive: Uint8Array): Promise<Map<string, Uint8Array>> {
  const source = bytesInMemory(archive);
  const files = new Map<string, Uint8Array>();
  for (const entry of (await readZipDirectory(source)).entries)
    if (entry.kind === "file") files.set(entry.name, await readZipEntry({ source, entry }));
  return files;
}
