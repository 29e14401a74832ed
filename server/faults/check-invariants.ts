import { zstdDecompressSync } from "node:zlib";
import type { ContentHash, FilePath, GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { verifyHistory } from "#server/services/operations/verify-history.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Database } from "#server/store/database.ts";
import { hashFromBytes } from "#server/store/contents/hash-bytes.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";

export type InvariantReport = {
  acknowledged: number;
  ended: number;
  succeeded: number;
  failed: number;
  /** Acknowledged ids that are missing, or never ended. */
  lost: number;
  /** Generations without a run, and contents that no generation has. */
  halfWritten: number;
  /** Runs that ended twice. */
  doubleCommits: number;
  /** One sentence each; empty if all hold. */
  faults: string[];
};

/** Written without the product's list: a kind of end that is missing here shows as a run without an end. */
const endTypes: RunEvent["type"][] = ["succeeded", "needs.review", "answered", "planned", "failed", "cancelled"];

/** The tree of every generation, for comparison after a suite: each version must still exist, unchanged. */
export type HistorySnapshot = ReadonlyMap<GenerationId, ContentHash>;

export async function takeSnapshot({ database }: { database: Database }): Promise<HistorySnapshot> {
  const rows = await database.prisma.generation.findMany({ select: { id: true, rootTreeHash: true } });
  return new Map(rows.map(({ id, rootTreeHash }) => [id as GenerationId, hashFromBytes(rootTreeHash)]));
}

/**
 * Checks the invariants of a database after any fault, once every acknowledged run had time to end. `secret` must occur
 * in no row, event, stored step, content or log.
 */
export async function checkInvariants({
  database,
  acknowledged,
  before,
  secret,
  logs,
}: {
  database: Database;
  acknowledged: readonly RunId[];
  before: HistorySnapshot;
  secret: string;
  logs: readonly string[];
}): Promise<InvariantReport> {
  const faults: string[] = [];
  const runs = await checkRuns({ database, acknowledged, faults });
  const { faults: historyFaults } = await verifyHistory({ database });
  faults.push(...historyFaults);
  const halfWritten = await checkWholeness({ database, faults });
  const after = await takeSnapshot({ database });
  for (const [generationId, rootHash] of before)
    if (after.get(generationId) !== rootHash)
      faults.push(
        `Generation ${generationId} was there before, and is ${after.has(generationId) ? "another" : "gone"}.`,
      );
  await checkSecrecy({ database, secret, faults });
  if (logs.some((log) => log.includes(secret))) faults.push("A log holds the secret.");
  return { acknowledged: acknowledged.length, ...runs, halfWritten, faults };
}

/** The report's figures for a suite's printed line. */
export function toFigures({ faults, ...figures }: InvariantReport): Record<string, number> {
  return { ...figures, faults: faults.length };
}

async function checkRuns({
  database,
  acknowledged,
  faults,
}: {
  database: Database;
  acknowledged: readonly RunId[];
  faults: string[];
}) {
  const rows = await database.prisma.run.findMany({
    select: {
      id: true,
      status: true,
      generationId: true,
      failure: true,
      events: { where: { type: { in: endTypes } }, select: { type: true } },
    },
  });
  const runs = new Map(rows.map((row) => [row.id as RunId, row]));
  let [ended, succeeded, failed, lost, doubleCommits] = [0, 0, 0, 0, 0];
  for (const runId of new Set(acknowledged)) {
    const run = runs.get(runId);
    if (run === undefined || isActive(run.status)) {
      lost += 1;
      faults.push(
        run === undefined
          ? `Run ${runId} was acknowledged and is not there.`
          : `Run ${runId} was acknowledged and is ${run.status}: it never ended.`,
      );
      continue;
    }
    ended += 1;
    if (run.status === "SUCCEEDED") succeeded += 1;
    if (run.status === "FAILED") failed += 1;
  }
  for (const { id, status, events } of rows) {
    if (isActive(status) || events.length === 1) continue;
    if (events.length > 1) doubleCommits += 1;
    faults.push(`Run ${id} is ${status} and has ${events.length} ends: ${events.map(({ type }) => type).join(", ")}.`);
  }
  return { ended, succeeded, failed, lost, doubleCommits };
}

/** The current generations without a run, and contents that no generation has. */
export function countHalfWritten({ database }: { database: Database }): Promise<number> {
  return checkWholeness({ database, faults: [] });
}

async function checkWholeness({ database, faults }: { database: Database; faults: string[] }): Promise<number> {
  const orphans = await database.prisma.generation.findMany({
    where: { kind: { in: ["create", "iterate"] }, run: null },
    select: { id: true },
  });
  faults.push(...orphans.map(({ id }) => `Generation ${id} was made by a run, and no run knows it.`));
  const strayBlobs = await findStrayBlobs({ database });
  faults.push(...strayBlobs.map((hash) => `Content ${hash} was stored, and no generation holds it.`));
  return orphans.length + strayBlobs.length;
}

/** Contents and directories that no generation references: left by work outside a transaction. */
async function findStrayBlobs({ database }: { database: Database }): Promise<ContentHash[]> {
  const treeObjects = new TreeObjects();
  const generations = await database.prisma.generation.findMany({ select: { rootTreeHash: true } });
  const reached = new Set<ContentHash>();
  for (const { rootTreeHash } of generations) {
    const rootHash = hashFromBytes(rootTreeHash);
    const tree = await treeObjects
      .load({ transaction: database.prisma, rootHash })
      .catch(() => new Map<FilePath, FileEntry>());
    const planned = await treeObjects
      .plan({ transaction: database.prisma, parentRootHash: null, changes: new Map(tree) })
      .catch(() => null);
    for (const { contentHash } of tree.values()) reached.add(contentHash);
    for (const hash of planned?.contents.keys() ?? []) reached.add(hash);
    reached.add(rootHash);
  }
  const blobs = await database.prisma.blob.findMany({ select: { hash: true } });
  return blobs.map(({ hash }) => hashFromBytes(hash)).filter((hash) => !reached.has(hash));
}

async function checkSecrecy({
  database,
  secret,
  faults,
}: {
  database: Database;
  secret: string;
  faults: string[];
}): Promise<void> {
  const { prisma } = database;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${name} AS r WHERE strpos(r::text, $1) > 0`,
      secret,
    );
    if ((rows[0]?.count ?? 0) > 0) faults.push(`${rows[0]?.count} rows of ${name} hold the secret.`);
  }
  const steps = await prisma.runStep.findMany({ select: { runId: true, key: true, result: true } });
  for (const { runId, key, result } of steps)
    if (zstdDecompressSync(result).includes(secret))
      faults.push(`The remembered step ${key} of run ${runId} holds the secret.`);
  const blobs = await prisma.blob.findMany({ select: { hash: true } });
  const contents = await loadBlobs({ transaction: prisma, hashes: blobs.map(({ hash }) => hashFromBytes(hash)) }).catch(
    () => new Map<ContentHash, Uint8Array>(),
  );
  for (const [hash, content] of contents)
    if (Buffer.from(content).includes(secret)) faults.push(`Content ${hash} holds the secret.`);
}
