import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { projectNameText } from "#lib/contracts/project.ts";
import { readArchive } from "#server/archive/read-archive.ts";
import type { Container } from "#server/container.ts";
import { describeContent } from "#server/core/file-content.ts";
import { comparePaths, type FileEntry } from "#server/core/file-tree.ts";
import { createProject } from "#server/store/projects.ts";
import { appendTree } from "./append-tree.ts";

/**
 * Stores the files of a zip as v1 of a new project: paths and bytes as they are, or nothing at all.
 *
 * @throws AppError INVALID_ARCHIVE, INVALID_PATH, INPUT_TOO_LARGE
 */
export async function importArchive({
  container,
  ownerId,
  name,
  archive,
}: {
  container: Container;
  ownerId: string;
  name: string | null;
  archive: Uint8Array;
}): Promise<{ projectId: ProjectId; generationId: GenerationId }> {
  const projectName = projectNameText.parse(name ?? "Imported project");
  const files = await readArchive(archive);
  const described = [...files]
    .map(([path, bytes]) => ({ path, bytes, entry: describeContent(bytes) }))
    .sort((a, b) => comparePaths(a.path, b.path));
  const tree = new Map<FilePath, FileEntry>(described.map(({ path, entry }) => [path, entry]));
  const newContents = new Map(described.map(({ entry, bytes }) => [entry.contentHash, bytes]));
  return container.database.prisma.$transaction(async (transaction) => {
    const projectId = await createProject({ transaction, ownerId, name: projectName });
    const { generationId } = await appendTree({
      container,
      transaction,
      parent: null,
      projectId,
      tree,
      newContents,
      kind: "import",
      prompt: null,
      sourceGenerationId: null,
    });
    return { projectId, generationId };
  });
}
