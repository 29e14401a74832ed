import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { importArchive } from "#server/services/versions/importing/import-archive.ts";
import { buildZip } from "./build-zip.ts";
import { testOwnerId } from "./start-test-server.ts";

export type TestFile = { path: string; text: string; mode: FileMode };

/** A project whose first version has these files, from a zip as an archiver on Unix writes it. */
export async function importTree({
  container,
  files,
}: {
  container: Container;
  files: readonly TestFile[];
}): Promise<{ projectId: ProjectId; generationId: GenerationId }> {
  const archive = buildZip(
    files.map(({ path, text, mode }) => ({ name: path, content: text, mode: Number.parseInt(mode, 8) })),
  );
  return importArchive({ container, ownerId: testOwnerId, name: "Tree", archive });
}
