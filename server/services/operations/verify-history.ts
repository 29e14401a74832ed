import type { ContentHash, FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import { computeObjectId } from "#server/core/git/compute-object-id.ts";
import { checkConservation } from "#server/core/ledger/check-conservation.ts";
import { loadSoundBlobs } from "#server/store/contents/blobs.ts";
import { isWaiting } from "#server/store/runs/queued-runs.ts";
import type { Database } from "#server/store/database.ts";
import { toLedgerEntry } from "#server/store/versions/to-ledger-entry.ts";
import { hashFromBytes } from "#server/store/contents/hash-bytes.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";

/** Damage of a version. `path` is null if its directories are unreadable, so that none of its files can be read. */
export type HistoryDamage =
  | {
      type: "file";
      projectId: ProjectId;
      generationId: GenerationId;
      version: number;
      path: FilePath;
      contentHash: ContentHash;
    }
  | { type: "tree"; projectId: ProjectId; generationId: GenerationId; version: number }
  /** Most of the parent's files are missing from an iteration that deleted none of them. */
  | {
      type: "lost-files";
      projectId: ProjectId;
      generationId: GenerationId;
      version: number;
      parentGenerationId: GenerationId;
      lostPaths: FilePath[];
      parentFileCount: number;
    };

export type HistoryReport = {
  blobs: number;
  generations: number;
  projects: number;
  runs: number;
  faults: string[];
  damage: HistoryDamage[];
};

/** With fewer lost files this is not a sign of damage. */
const fewestLostFiles = 3;

/** Blobs are read in batches, so that a history larger than memory can be verified. */
const blobsAtOnce = 500;

/**
 * Reads and checks the whole stored history: every content against its hash, every tree, every ledger against its two
 * trees, every head and every ended run. It changes nothing.
 */
export async function verifyHistory({ database }: { database: Database }): Promise<HistoryReport> {
  const faults: string[] = [];
  const damage: HistoryDamage[] = [];
  const { count: blobs, sound } = await verifyBlobs({ database, faults });
  const generations = await verifyGenerations({ database, sound, faults, damage });
  const projects = await verifyHeads({ database, faults });
  const runs = await verifyRuns({ database, faults });
  return { blobs, generations, projects, runs, faults, damage };
}

async function verifyBlobs({
  database,
  faults,
}: {
  database: Database;
  faults: string[];
}): Promise<{ count: number; sound: Set<ContentHash> }> {
  const sound = new Set<ContentHash>();
  let count = 0;
  let cursor: Uint8Array<ArrayBuffer> | null = null;
  for (;;) {
    const rows: { hash: Uint8Array<ArrayBuffer> }[] = await database.prisma.blob.findMany({
      select: { hash: true },
      orderBy: { hash: "asc" },
      take: blobsAtOnce,
      ...(cursor === null ? {} : { cursor: { hash: cursor }, skip: 1 }),
    });
    if (rows.length === 0) return { count, sound };
    count += rows.length;
    cursor = rows.at(-1)?.hash ?? null;
    const hashes = rows.map(({ hash }) => hashFromBytes(hash));
    const { damaged } = await loadSoundBlobs({ transaction: database.prisma, hashes });
    for (const hash of hashes) {
      if (!damaged.has(hash)) sound.add(hash);
      else faults.push(`Content ${hash} does not match its hash, or something that it builds on does not.`);
    }
  }
}

async function verifyGenerations({
  database,
  sound,
  faults,
  damage,
}: {
  database: Database;
  sound: ReadonlySet<ContentHash>;
  faults: string[];
  damage: HistoryDamage[];
}): Promise<number> {
  const treeObjects = new TreeObjects();
  const rows = await database.prisma.generation.findMany({
    include: { parents: { orderBy: { position: "asc" } }, changes: true, pushed: true },
    orderBy: [{ projectId: "asc" }, { version: "asc" }],
  });
  const rootById = new Map(rows.map(({ id, rootTreeHash }) => [id, hashFromBytes(rootTreeHash)]));
  const loadTree = async (id: string): Promise<FileTree | null> => {
    const rootHash = rootById.get(id);
    return rootHash === undefined
      ? null
      : treeObjects.load({ transaction: database.prisma, rootHash }).catch(() => null);
  };
  for (const row of rows) {
    const name = `Generation ${row.id} (v${row.version} of project ${row.projectId})`;
    const place = { projectId: row.projectId as ProjectId, generationId: row.id as GenerationId, version: row.version };
    const tree = await loadTree(row.id);
    if (tree === null) {
      damage.push({ type: "tree", ...place });
      faults.push(`${name}: its tree cannot be read.`);
      continue;
    }
    for (const [path, { contentHash }] of tree) {
      if (sound.has(contentHash)) continue;
      faults.push(`${name}: the content of ${path} is missing or damaged (${contentHash}).`);
      damage.push({ type: "file", ...place, path, contentHash });
    }
    const parentId = row.parents[0]?.parentId;
    const parent = parentId === undefined ? emptyFileTree : await loadTree(parentId);
    if (parent === null) {
      faults.push(`${name}: the tree of its parent cannot be read, so its ledger cannot be checked.`);
      continue;
    }
    const changes = row.changes.map(toLedgerEntry);
    const counts = {
      kept: row.keptCount,
      modified: row.modifiedCount,
      added: row.addedCount,
      deleted: row.deletedCount,
      moved: row.movedCount,
      total: row.totalCount,
    };
    if ((row.kind === "push") !== (row.pushed !== null) || !isSoundCommit(row.pushed))
      faults.push(`${name}: the commit that it was pushed as is missing or damaged.`);
    const result = checkConservation({ parent, tree, changes, counts });
    if (result.status === "violated") faults.push(...result.violations.map((violation) => `${name}: ${violation}.`));
    const lostPaths = row.kind === "iterate" ? findLostPaths({ parent, tree, changes }) : [];
    if (parentId !== undefined && lostPaths.length >= fewestLostFiles && lostPaths.length * 2 > parent.size) {
      faults.push(
        `${name}: ${lostPaths.length} of its parent's ${parent.size} files are gone, and no operation deleted them.`,
      );
      damage.push({
        type: "lost-files",
        ...place,
        parentGenerationId: parentId as GenerationId,
        lostPaths,
        parentFileCount: parent.size,
      });
    }
  }
  return rows.length;
}

function isSoundCommit(pushed: { commitId: Uint8Array; bytes: Uint8Array } | null): boolean {
  return (
    pushed === null ||
    computeObjectId({ type: "commit", body: pushed.bytes }) === Buffer.from(pushed.commitId).toString("hex")
  );
}

/** Files of the parent that are missing although they were neither moved nor deleted by an operation. */
function findLostPaths({
  parent,
  tree,
  changes,
}: {
  parent: FileTree;
  tree: FileTree;
  changes: LedgerEntry[];
}): FilePath[] {
  const accounted = new Set<string>();
  for (const { path, previousPath, cause } of changes) {
    if (previousPath !== undefined) accounted.add(previousPath);
    if (cause === "delete" || cause === "move") accounted.add(path);
  }
  return [...parent.keys()].filter((path) => !tree.has(path) && !accounted.has(path));
}

async function verifyHeads({ database, faults }: { database: Database; faults: string[] }): Promise<number> {
  const projects = await database.prisma.project.findMany({
    include: { generations: { select: { id: true, version: true } } },
  });
  for (const project of projects) {
    const versions = project.generations.map(({ version }) => version).sort((a, b) => a - b);
    if (versions.some((version, index) => version !== index + 1))
      faults.push(`Project ${project.id}: its versions have gaps.`);
    const head = project.headGenerationId as GenerationId | null;
    if (head !== null && !project.generations.some(({ id }) => id === head))
      faults.push(`Project ${project.id}: its head ${head} is not one of its versions.`);
    if (head === null && versions.length > 0) faults.push(`Project ${project.id}: it has versions and no head.`);
  }
  return projects.length;
}

async function verifyRuns({ database, faults }: { database: Database; faults: string[] }): Promise<number> {
  const runs = await database.prisma.run.findMany({
    select: {
      id: true,
      status: true,
      kind: true,
      generationId: true,
      completedByRunId: true,
      failure: true,
      answer: true,
      lastSequence: true,
      _count: { select: { events: true } },
    },
  });
  for (const run of runs) {
    const isCompleted = run.status === "SUCCEEDED" && run.completedByRunId !== null;
    const hasResult = run.kind === "ask" ? run.answer !== null : run.generationId !== null || isCompleted;
    if (run.kind !== "generate" && run.generationId !== null)
      faults.push(`Run ${run.id}: it is of kind ${run.kind} and has a generation.`);
    if ((run.status === "SUCCEEDED") !== hasResult)
      faults.push(`Run ${run.id}: it is ${run.status} ${hasResult ? "with" : "without"} a result.`);
    if (run.status === "FAILED" && run.failure === null) faults.push(`Run ${run.id}: it failed without a reason.`);
    if (run._count.events !== run.lastSequence)
      faults.push(`Run ${run.id}: it has ${run._count.events} events and counts ${run.lastSequence}.`);
  }
  await verifyQueues({ database, faults });
  return runs.length;
}

/** At most one run waits for another, and it no longer waits once that one has made a version. */
async function verifyQueues({ database, faults }: { database: Database; faults: string[] }): Promise<void> {
  const waiting = await database.prisma.run.findMany({
    where: isWaiting,
    select: { id: true, afterRunId: true, after: { select: { status: true, generationId: true } } },
  });
  for (const { id, after } of waiting)
    if (after?.generationId !== null && after?.generationId !== undefined)
      faults.push(`Run ${id}: it waits for a run that has made its version.`);
  for (const [afterRunId, runs] of Map.groupBy(waiting, (run) => run.afterRunId))
    if (runs.length > 1) faults.push(`Run ${afterRunId}: ${runs.map(({ id }) => id).join(", ")} all wait for it.`);
}
