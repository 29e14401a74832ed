import type { ImportCheckOutput } from "#lib/contracts/projects/project-import.ts";
import type { ByteSource } from "#server/archive/byte-source.ts";
import type { ImportChoices } from "#server/archive/import-choices.ts";
import { inspectArchive, type InspectedFile } from "#server/archive/inspect-archive.ts";
import type { Container } from "#server/container.ts";
import { maxListedObstacles } from "./refuse-import.ts";

/** Top-level entries are shown with a switch each; at most this many. */
const maxContents = 500;

/**
 * What an import of this archive would store, skip, rename and refuse. @throws AppError INVALID_ARCHIVE,
 * INPUT_TOO_LARGE
 */
export function checkArchive({
  container,
  archive,
  name,
  choices,
  signal,
}: {
  container: Pick<Container, "importTurns">;
  archive: ByteSource;
  name: string | null;
  choices: ImportChoices;
  signal: AbortSignal;
}): Promise<ImportCheckOutput> {
  return container.importTurns.take({
    signal,
    act: async () => {
      const { files, obstacles, record, groups } = await inspectArchive({
        source: archive,
        projectName: name,
        choices,
        signal,
      });
      return {
        ...record,
        groups,
        fileCount: files.length,
        sizeBytes: files.reduce((sum, { fileEntry }) => sum + fileEntry.sizeBytes, 0),
        executableCount: files.filter(({ mode }) => mode === "100755").length,
        linkCount: files.filter(({ mode }) => mode === "120000").length,
        contents: listContents(files),
        obstacles: obstacles.slice(0, maxListedObstacles),
        obstacleCount: obstacles.length,
      };
    },
  });
}

function listContents(files: readonly InspectedFile[]): ImportCheckOutput["contents"] {
  const rows = new Map<string, ImportCheckOutput["contents"][number]>();
  for (const { path, fileEntry } of files) {
    const end = path.indexOf("/");
    const top = end === -1 ? path : path.slice(0, end + 1);
    const row = rows.get(top) ?? { path: top, fileCount: 0, sizeBytes: 0 };
    rows.set(top, {
      path: top,
      fileCount: row.fileCount + 1,
      sizeBytes: row.sizeBytes + fileEntry.sizeBytes,
    });
  }
  return [...rows.values()].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, maxContents);
}
