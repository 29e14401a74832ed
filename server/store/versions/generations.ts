import { readContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { GenerationDetailOutput, GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ContentHash, FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { ImportRecord } from "#lib/contracts/projects/project-import.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { AppError } from "#lib/errors.ts";
import { comparePaths, emptyFileTree, isSameFile, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { checkConservation } from "#server/core/ledger/check-conservation.ts";
import { describeSides } from "#server/core/ledger/describe-sides.ts";
import type { NewGeneration, StoredGeneration } from "#server/orchestrator/ports.ts";
import { assertTreeLaw } from "./assert-tree-law.ts";
import { insertBlobs, type BlobBase } from "../contents/blobs.ts";
import type { Database, Transaction } from "../database.ts";
import { insertChanges } from "./insert-changes.ts";
import { generationOutputInclude, toGenerationOutput } from "./generation-outputs.ts";
import { hashFromBytes, hashToBytes } from "../contents/hash-bytes.ts";
import { toLedgerEntry } from "./to-ledger-entry.ts";
import { toStorableJson } from "../storable-json.ts";
import type { PlannedTree, TreeObjects } from "../contents/tree-objects.ts";

type AppendedGeneration = { generationId: GenerationId; version: number; isHead: boolean };

/**
 * Appends a generation. Moves the head to it if the head is its first parent and it is not a candidate. Locks the
 * project's row until the transaction ends, so that version numbers have no gaps and the head moves by compare-and-set.
 *
 * @throws AppError NAME_COLLISION, INVALID_PATH, INPUT_TOO_LARGE if no file system could hold the tree;
 *   CONSERVATION_VIOLATED if the ledger does not account for every path of the stored parent; the caller must roll back
 *   the transaction, so that nothing is stored
 */
export async function appendGeneration({
  transaction,
  treeObjects,
  generation,
  isCandidate = false,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  generation: NewGeneration;
  /** One of several answers that the user chooses from, so the head stays. */
  isCandidate?: boolean;
}): Promise<AppendedGeneration> {
  const [firstParentId] = generation.parentGenerationIds;
  const parent =
    firstParentId === undefined ? null : await getStoredGeneration({ transaction, generationId: firstParentId });
  if (parent !== null && parent.projectId !== generation.projectId) throw generationNotFound(parent.generationId);
  const parentTree =
    parent === null ? emptyFileTree : await treeObjects.load({ transaction, rootHash: parent.rootTreeHash });
  assertConserved({ generation, parentTree });
  await assertTreeLaw({ transaction, generation, parentTree });

  const planned = await planGenerationTree({ transaction, treeObjects, parent, generation });
  assertStoredAsPlanned({ generation, stored: planned.tree });
  // Before the blobs: a push holds the project while it stores them, and each would wait for the other.
  const project = await transaction.project.update({
    where: { id: generation.projectId },
    data: { lastVersion: { increment: 1 }, updatedAt: new Date() },
    select: { lastVersion: true, headGenerationId: true },
  });
  await insertBlobs({
    transaction,
    contents: new Map([...generation.newContents, ...planned.contents]),
    bases: new Map([...findBases({ generation, parentTree }), ...planned.bases]),
  });
  const { kept, modified, added, deleted, moved, total } = generation.counts;
  const { id } = await transaction.generation.create({
    data: {
      projectId: generation.projectId,
      version: project.lastVersion,
      kind: generation.kind,
      author: generation.author,
      prompt: generation.prompt,
      rootTreeHash: hashToBytes(planned.rootHash),
      keptCount: kept,
      modifiedCount: modified,
      addedCount: added,
      deletedCount: deleted,
      movedCount: moved,
      totalCount: total,
      issues: toStorableJson(generation.issues),
      sourceGenerationId: generation.sourceGenerationId,
      ...(generation.importRecord === undefined ? {} : { importRecord: toStorableJson(generation.importRecord) }),
    },
    select: { id: true },
  });
  if (generation.parentGenerationIds.length > 0) {
    await transaction.generationParent.createMany({
      data: generation.parentGenerationIds.map((parentId, position) => ({ generationId: id, parentId, position })),
    });
  }
  await insertChanges({ transaction, generationId: id as GenerationId, changes: generation.changes });
  await transaction.$executeRaw`SELECT pg_notify('graft_generation', ${id})`;
  const isHead = !isCandidate && project.headGenerationId === (firstParentId ?? null);
  if (isHead)
    await transaction.project.update({
      where: { id: generation.projectId },
      data: { headGenerationId: id },
      select: { id: true },
    });
  return { generationId: id as GenerationId, version: project.lastVersion, isHead };
}

/** The directories and the root hash of a generation before it is stored, or of a candidate. */
export function planGenerationTree({
  transaction,
  treeObjects,
  parent,
  generation,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  parent: StoredGeneration | null;
  generation: Pick<NewGeneration, "tree" | "changes">;
}): Promise<PlannedTree> {
  const parentRootHash = parent?.rootTreeHash ?? null;
  return treeObjects.plan({ transaction, parentRootHash, changes: changedEntries(generation) });
}

/**
 * The newest common ancestor through any parents; one of the two if it is an ancestor of the other, null if there is
 * none. A version's number is higher than those of its ancestors, so no other common ancestor descends from the newest
 * one.
 */
export async function findMergeBase({
  transaction,
  a,
  b,
}: {
  transaction: Transaction;
  a: GenerationId;
  b: GenerationId;
}): Promise<GenerationId | null> {
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE
      up_a(id) AS (SELECT ${a}::text UNION SELECT p."parentId" FROM up_a JOIN "GenerationParent" p ON p."generationId" = up_a.id),
      up_b(id) AS (SELECT ${b}::text UNION SELECT p."parentId" FROM up_b JOIN "GenerationParent" p ON p."generationId" = up_b.id)
    SELECT g.id FROM up_a JOIN up_b USING (id) JOIN "Generation" g USING (id) ORDER BY g.version DESC LIMIT 1`;
  return (rows[0]?.id as GenerationId | undefined) ?? null;
}

function assertConserved({ generation, parentTree }: { generation: NewGeneration; parentTree: FileTree }): void {
  const result = checkConservation({
    parent: parentTree,
    tree: generation.tree,
    changes: generation.changes,
    counts: generation.counts,
  });
  if (result.status === "conserved") return;
  throw new AppError({
    code: "CONSERVATION_VIOLATED",
    message:
      "The result did not account for every file of its parent, so nothing was stored. The parent is unchanged. This is a fault in Graft: please report it.",
    details: { violations: result.violations.slice(0, 20) },
  });
}

/** The directories of exactly the tree that was checked. */
function assertStoredAsPlanned({
  generation: { tree },
  stored,
}: {
  generation: NewGeneration;
  stored: FileTree;
}): void {
  const different = [...tree].find(([path, entry]) => !isSameFile(entry, stored.get(path)));
  if (different === undefined && stored.size === tree.size) return;
  throw new AppError({
    code: "CONSERVATION_VIOLATED",
    message:
      "The result would have been stored otherwise than it was checked, so nothing was stored. The parent is unchanged. This is a fault in Graft: please report it.",
    details: { files: tree.size, storedFiles: stored.size, ...(different === undefined ? {} : { path: different[0] }) },
  });
}

/** The parent's content of each modified or moved file, if available, by the hash of the new content. */
function findBases({
  generation,
  parentTree,
}: {
  generation: NewGeneration;
  parentTree: FileTree;
}): ReadonlyMap<ContentHash, BlobBase> {
  const bases = new Map<ContentHash, BlobBase>();
  for (const change of generation.changes) {
    const contentHash = parentTree.get(change.previousPath ?? change.path)?.contentHash;
    const content = contentHash === undefined ? undefined : generation.baseContents.get(contentHash);
    if (change.newHash !== undefined && contentHash !== undefined && content !== undefined)
      bases.set(change.newHash, { contentHash, content });
  }
  return bases;
}

function changedEntries(generation: Pick<NewGeneration, "tree" | "changes">): ReadonlyMap<FilePath, FileEntry | null> {
  const entries = new Map<FilePath, FileEntry | null>();
  for (const change of generation.changes) {
    if (change.previousPath !== undefined && !generation.tree.has(change.previousPath))
      entries.set(change.previousPath, null);
    entries.set(change.path, generation.tree.get(change.path) ?? null);
  }
  return entries;
}

/** @throws AppError GENERATION_NOT_FOUND */
export async function getStoredGeneration({
  transaction,
  generationId,
  ownerId,
}: {
  transaction: Transaction;
  generationId: GenerationId;
  ownerId?: string;
}): Promise<StoredGeneration> {
  const row = await transaction.generation.findFirst({
    where: { id: generationId, ...(ownerId === undefined ? {} : { project: { ownerId } }) },
    select: { id: true, projectId: true, version: true, rootTreeHash: true },
  });
  if (row === null) throw generationNotFound(generationId);
  return {
    generationId,
    projectId: row.projectId as ProjectId,
    version: row.version,
    rootTreeHash: hashFromBytes(row.rootTreeHash),
  };
}

/** A generation without its ledger, which has an entry for each file. @throws AppError GENERATION_NOT_FOUND */
export async function getGenerationSummary({
  database,
  generationId,
  ownerId,
}: {
  database: Database;
  generationId: GenerationId;
  ownerId: string;
}): Promise<GenerationOutput> {
  const row = await database.prisma.generation.findFirst({
    where: { id: generationId, project: { ownerId } },
    include: generationOutputInclude,
  });
  if (row === null) throw generationNotFound(generationId);
  return toGenerationOutput({ database, row });
}

/** @throws AppError GENERATION_NOT_FOUND */
export async function getGeneration({
  database,
  treeObjects,
  generationId,
  ownerId,
}: {
  database: Database;
  treeObjects: TreeObjects;
  generationId: GenerationId;
  ownerId: string;
}): Promise<GenerationDetailOutput & { projectId: ProjectId }> {
  const row = await database.prisma.generation.findFirst({
    where: { id: generationId, project: { ownerId } },
    include: {
      ...generationOutputInclude,
      run: { select: { id: true, modelId: true, candidateSetId: true, contextReceipt: true, usage: true } },
      changes: { orderBy: { path: "asc" } },
    },
  });
  if (row === null) throw generationNotFound(generationId);
  const tree = await treeObjects.load({ transaction: database.prisma, rootHash: hashFromBytes(row.rootTreeHash) });
  return {
    ...(await toGenerationOutput({ database, row })),
    projectId: row.projectId as ProjectId,
    ledger: completeLedger({ tree, changes: row.changes.map(toLedgerEntry) }),
    contextReceipt: readContextReceipt(row.run?.contextReceipt),
    issues: row.issues as ValidationIssue[],
    importRecord: row.importRecord as ImportRecord | null,
    usage: (row.run?.usage as ModelUsage | null | undefined) ?? null,
  };
}

/** The changes, and a `kept` entry for every other file of the tree; sorted by path. */
function completeLedger({ tree, changes }: { tree: FileTree; changes: LedgerEntry[] }): LedgerEntry[] {
  const changed = new Set(changes.flatMap((change) => (change.disposition === "deleted" ? [] : [change.path])));
  const kept: LedgerEntry[] = [];
  for (const [path, entry] of tree) {
    if (!changed.has(path))
      kept.push({
        path,
        disposition: "kept",
        ...describeSides({ before: entry, after: entry }),
        additions: 0,
        deletions: 0,
        cause: "unnamed",
      });
  }
  return [...kept, ...changes].sort((a, b) => comparePaths(a.path, b.path));
}

/** Sets the label and bookmark of a version. Its content is immutable. @throws AppError GENERATION_NOT_FOUND */
export async function markGeneration({
  database,
  generationId,
  ownerId,
  mark,
}: {
  database: Database;
  generationId: GenerationId;
  ownerId: string;
  mark: { label: string | null; isBookmarked: boolean };
}): Promise<GenerationOutput> {
  const isOwn = await database.prisma.generation.count({ where: { id: generationId, project: { ownerId } } });
  if (isOwn === 0) throw generationNotFound(generationId);
  await database.prisma.generationMark.upsert({
    where: { generationId },
    create: { generationId, ...mark },
    update: mark,
  });
  return toGenerationOutput({
    database,
    row: await database.prisma.generation.findUniqueOrThrow({
      where: { id: generationId },
      include: generationOutputInclude,
    }),
  });
}

function generationNotFound(generationId: GenerationId): AppError {
  return new AppError({
    code: "GENERATION_NOT_FOUND",
    message: "This version does not exist. Open the project's history to choose one.",
    details: { generationId },
  });
}

/** The parent that a generation was merged against; null for a creation and an import. */
export function findFirstParent({
  database,
  generationId,
}: {
  database: Database;
  generationId: GenerationId;
}): Promise<GenerationId | null> {
  return findFirstParentIn({ transaction: database.prisma, generationId });
}

export async function findFirstParentIn({
  transaction,
  generationId,
}: {
  transaction: Transaction;
  generationId: GenerationId;
}): Promise<GenerationId | null> {
  const row = await transaction.generationParent.findUnique({
    where: { generationId_position: { generationId, position: 0 } },
    select: { parentId: true },
  });
  return row === null ? null : (row.parentId as GenerationId);
}

/** The renames of a generation, new path to old path, if it is compared with its own parent; otherwise empty. */
export async function listMoves({
  database,
  generationId,
  parentGenerationId,
}: {
  database: Database;
  generationId: GenerationId;
  parentGenerationId: GenerationId | null;
}): Promise<ReadonlyMap<FilePath, FilePath>> {
  if (parentGenerationId === null || (await findFirstParent({ database, generationId })) !== parentGenerationId)
    return new Map();
  const rows = await database.prisma.generationChange.findMany({
    where: { generationId, disposition: "moved" },
    select: { path: true, previousPath: true },
  });
  return new Map(
    rows.flatMap(({ path, previousPath }) =>
      previousPath === null ? [] : [[path as FilePath, previousPath as FilePath] as const],
    ),
  );
}
