import type { ContentHash, FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { ImportRecord } from "#lib/contracts/projects/project-import.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { projectNameText } from "#lib/contracts/projects/project.ts";
import { bytesInMemory, type ByteSource } from "#server/archive/byte-source.ts";
import { usualChoices, type ImportChoices } from "#server/archive/import-choices.ts";
import { inspectArchive, type InspectedFile } from "#server/archive/inspect-archive.ts";
import { readArchiveBatches } from "#server/archive/read-archive-batches.ts";
import type { Container } from "#server/container.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { countDispositions } from "#server/core/ledger/build-ledger.ts";
import { describeSides } from "#server/core/ledger/describe-sides.ts";
import { describeSecrets } from "#server/core/secrets/describe-secrets.ts";
import { sortIssues } from "#server/core/validation/apply-validators.ts";
import type { SecretReader } from "#server/orchestrator/ports.ts";
import { insertBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";
import { createProject } from "#server/store/projects.ts";
import { refuseImport } from "./refuse-import.ts";

/** 256 MiB take about half a minute to store on two busy cores. */
const transactionTimeoutMs = 10 * 60_000;

/**
 * Stores the files of a zip as v1 of a new project with their paths, modes and bytes, or nothing at all. The version's
 * record lists what `choices` skipped or renamed. One import at a time per process, and the archive is read entry by
 * entry, so memory does not grow with the archive.
 *
 * @throws AppError INVALID_ARCHIVE, INVALID_PATH, INPUT_TOO_LARGE, INVALID_INPUT; the reason of an aborted `signal`,
 *   and then nothing is stored
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
      const { files, obstacles, record } = await inspectArchive({ source, projectName: name, choices, signal });
      if (obstacles.length > 0) throw refuseImport(obstacles);
      const stored = await container.database.prisma.$transaction(
        async (transaction) => {
          const projectId = await createProject({ transaction, ownerId, name: projectName });
          const issues = await storeContents({ transaction, source, files, secrets: container.secrets, signal });
          const generationId = await storeVersion({ container, transaction, projectId, files, record, issues });
          signal?.throwIfAborted();
          return { projectId, generationId };
        },
        { timeout: transactionTimeoutMs },
      );
      return { ...stored, ...record };
    },
  });
}

/** Stores the contents of the files. Returns warnings for secrets in them. */
async function storeContents({
  transaction,
  source,
  files,
  secrets,
  signal,
}: {
  transaction: Transaction;
  source: ByteSource;
  files: readonly InspectedFile[];
  secrets: SecretReader;
  signal: AbortSignal | undefined;
}): Promise<ValidationIssue[]> {
  const filesByHash = Map.groupBy(files, ({ fileEntry }) => fileEntry.contentHash);
  const issues: ValidationIssue[] = [];
  for await (const contents of readArchiveBatches({ source, files })) {
    signal?.throwIfAborted();
    await insertBlobs({ transaction, contents, bases: new Map() });
    const searched = [...contents.keys()].flatMap((hash) => filesByHash.get(hash) ?? []);
    const found = await secrets.find({
      files: searched.map(({ path, fileEntry }) => ({ path, ...fileEntry })),
      loadContents: async () => contents,
    });
    issues.push(...describeSecrets(found));
  }
  return sortIssues(issues);
}

async function storeVersion({
  container,
  transaction,
  projectId,
  files,
  record,
  issues,
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  projectId: ProjectId;
  files: readonly InspectedFile[];
  record: ImportRecord;
  issues: ValidationIssue[];
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
      issues,
      importRecord: record,
    },
  });
  return generationId;
}
