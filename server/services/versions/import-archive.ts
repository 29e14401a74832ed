import type { ContentHash, FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { ImportRecord } from "#lib/contracts/project-import.ts";
import { projectNameText } from "#lib/contracts/project.ts";
import { bytesInMemory, type ByteSource } from "#server/archive/byte-source.ts";
import { usualChoices, type ImportChoices } from "#server/archive/import-choices.ts";
import { inspectArchive, type InspectedFile } from "#server/archive/inspect-archive.ts";
import { readArchiveBatches } from "#server/archive/read-archive-batches.ts";
import type { Container } from "#server/container.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { countDispositions } from "#server/core/ledger/build-ledger.ts";
import { describeSides } from "#server/core/ledger/describe-sides.ts";
import { insertBlobs } from "#server/store/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/generations.ts";
import { createProject } from "#server/store/projects.ts";
import { refuseImport } from "./refuse-import.ts";

/** 256 MiB take about half a minute to store on two busy cores. */
const transactionTimeoutMs = 10 * 60_000;

/**
 * Stores the files of a zip as v1 of a new project: paths, modes and bytes as they are, or nothing at all. What is left
 * out or renamed by `choices` is in the version's record. One import at a time in a process, and the archive is read
 * entry by entry, so that memory does not grow with the archive.
 *
 * @throws AppError INVALID_ARCHIVE, INVALID_PATH, INPUT_TOO_LARGE, INVALID_INPUT
 */
export function importArchive({
  container,
  ownerId,
  name,
  archive,
  choices = usualChoices,
  signal,
}: {
  container: Container;
  ownerId: string;
  name: string | null;
  archive: Uint8Array | ByteSource;
  choices?: ImportChoices;
  signal?: AbortSignal;
}): Promise<ImportRecord & { projectId: ProjectId; generationId: GenerationId }> {
  const projectName = projectNameText.parse(name ?? "Imported project");
  const source = archive instanceof Uint8Array ? bytesInMemory(archive) : archive;
  return container.importTurns.take({
    ...(signal === undefined ? {} : { signal }),
    act: async () => {
      const { files, obstacles, record } = await inspectArchive({ source, projectName: name, choices });
      if (obstacles.length > 0) throw refuseImport(obstacles);
      const stored = await container.database.prisma.$transaction(
        async (transaction) => {
          const projectId = await createProject({ transaction, ownerId, name: projectName });
          await storeContents({ transaction, source, files });
          const generationId = await storeVersion({ container, transaction, projectId, files, record });
          return { projectId, generationId };
        },
        { timeout: transactionTimeoutMs },
      );
      return { ...stored, ...record };
    },
  });
}

async function storeContents({
  transaction,
  source,
  files,
}: {
  transaction: Transaction;
  source: ByteSource;
  files: readonly InspectedFile[];
}): Promise<void> {
  for await (const contents of readArchiveBatches({ source, files }))
    await insertBlobs({ transaction, contents, bases: new Map() });
}

async function storeVersion({
  container,
  transaction,
  projectId,
  files,
  record,
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  projectId: ProjectId;
  files: readonly InspectedFile[];
  record: ImportRecord;
}): Promise<GenerationId> {
  const tree = new Map<FilePath, FileEntry>(files.map(({ path, fileEntry }) => [path, fileEntry]));
  const changes = files.map(({ path, fileEntry, lineCount }): LedgerEntry => ({
    path,
    disposition: "added",
    ...describeSides({ before: undefined, after: fileEntry }),
    additions: lineCount,
    deletions: 0,
    cause: "import",
  }));
  const { generationId } = await appendGeneration({
    transaction,
    treeObjects: container.treeObjects,
    generation: {
      projectId,
      kind: "import",
      author: "user",
      prompt: null,
      parentGenerationIds: [],
      sourceGenerationId: null,
      tree,
      newContents: new Map<ContentHash, Uint8Array>(),
      baseContents: new Map<ContentHash, Uint8Array>(),
      changes,
      counts: countDispositions({ changes, tree }),
      issues: [],
      importRecord: record,
    },
  });
  return generationId;
}
