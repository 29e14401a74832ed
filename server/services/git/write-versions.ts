import type { ContentHash, GenerationId, ObjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { computeObjectId } from "#server/core/git/compute-object-id.ts";
import { decodeCommit } from "#server/core/git/decode-commit.ts";
import { encodeGitTree } from "#server/core/git/encode-git-tree.ts";
import { encodeVersionCommit } from "#server/core/git/encode-version-commit.ts";
import type { PackWriter } from "#server/git/pack-writer.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { listVersionFacts, type VersionFacts } from "#server/store/versions/git-history.ts";
import type { TreeHash } from "#server/store/contents/directory-codec.ts";
import type { Directories, TreeObjects } from "#server/store/contents/tree-objects.ts";

/** Ids of what the repository has: contents, directories and versions. They grow as versions are written. */
export type KnownObjects = {
  blobIds: Map<ContentHash, ObjectId>;
  treeIds: Map<TreeHash, ObjectId>;
  commitIds: Map<GenerationId, ObjectId>;
};

/** Versions whose new contents are read together, because a content may be compressed against an earlier version. */
const versionsAtOnce = 100;
const contentBytesAtOnce = 8 * 1_048_576;
const contentsAtOnce = 1_000;

/**
 * Writes the commits of `generationIds`, in the order of versions, and every directory and content that is not known
 * yet.
 *
 * @throws AppError STORED_CONTENT_DAMAGED
 */
export async function writeVersions({
  transaction,
  treeObjects,
  pack,
  known,
  generationIds,
}: {
  transaction: Transaction;
  treeObjects: TreeObjects;
  pack: PackWriter;
  known: KnownObjects;
  generationIds: readonly GenerationId[];
}): Promise<void> {
  for (let start = 0; start < generationIds.length; start += versionsAtOnce) {
    const versions = await listVersionFacts({
      transaction,
      generationIds: generationIds.slice(start, start + versionsAtOnce),
    });
    const rootHashes = versions.map(({ rootTreeHash }) => rootTreeHash);
    const directories = await treeObjects.loadDirectories({ transaction, rootHashes });
    const missing = findMissing({ directories, rootHashes, known });
    await writeContents({ transaction, pack, known, sizes: missing.contentSizes });
    await writeTrees({ pack, known, directories, treeHashes: missing.treeHashes });
    for (const version of versions)
      known.commitIds.set(
        version.generationId,
        await pack.add({ type: "commit", body: encodeCommit({ version, known }) }),
      );
  }
  await pack.flush();
}

/** What the repository lacks: contents with their sizes, and directories after their children. */
function findMissing({
  directories,
  rootHashes,
  known,
}: {
  directories: Directories;
  rootHashes: readonly TreeHash[];
  known: KnownObjects;
}): { contentSizes: ReadonlyMap<ContentHash, number>; treeHashes: readonly TreeHash[] } {
  const contentSizes = new Map<ContentHash, number>();
  const treeHashes = new Set<TreeHash>();
  const visit = (treeHash: TreeHash) => {
    if (known.treeIds.has(treeHash) || treeHashes.has(treeHash)) return;
    for (const entry of directories.get(treeHash)?.values() ?? []) {
      if (entry.kind === "directory") visit(entry.treeHash);
      else if (!known.blobIds.has(entry.contentHash)) contentSizes.set(entry.contentHash, entry.sizeBytes);
    }
    treeHashes.add(treeHash);
  };
  for (const rootHash of rootHashes) visit(rootHash);
  return { contentSizes, treeHashes: [...treeHashes] };
}

async function writeContents({
  transaction,
  pack,
  known,
  sizes,
}: {
  transaction: Transaction;
  pack: PackWriter;
  known: KnownObjects;
  sizes: ReadonlyMap<ContentHash, number>;
}): Promise<void> {
  const giveWay = startTimeSlices();
  for (const hashes of listBatches(sizes))
    for (const [hash, body] of await loadBlobs({ transaction, hashes })) {
      known.blobIds.set(hash, await pack.add({ type: "blob", body }));
      await giveWay();
    }
}

function* listBatches(sizes: ReadonlyMap<ContentHash, number>): Generator<ContentHash[]> {
  let batch: ContentHash[] = [];
  let batchBytes = 0;
  for (const [hash, sizeBytes] of sizes) {
    if (batch.length > 0 && (batch.length === contentsAtOnce || batchBytes + sizeBytes > contentBytesAtOnce)) {
      yield batch;
      batch = [];
      batchBytes = 0;
    }
    batch.push(hash);
    batchBytes += sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

async function writeTrees({
  pack,
  known,
  directories,
  treeHashes,
}: {
  pack: PackWriter;
  known: KnownObjects;
  directories: Directories;
  treeHashes: readonly TreeHash[];
}): Promise<void> {
  const giveWay = startTimeSlices();
  for (const treeHash of treeHashes) {
    const entries = [...(directories.get(treeHash) ?? [])].map(([name, entry]) =>
      entry.kind === "directory"
        ? { name, mode: "40000" as const, objectId: take({ ids: known.treeIds, key: entry.treeHash }) }
        : { name, mode: entry.mode, objectId: take({ ids: known.blobIds, key: entry.contentHash }) },
    );
    known.treeIds.set(treeHash, await pack.add({ type: "tree", body: encodeGitTree(entries) }));
    await giveWay();
  }
}

function encodeCommit({ version, known }: { version: VersionFacts; known: KnownObjects }): Uint8Array {
  const { kind, pushed } = version;
  if (pushed !== null) return assertFits({ version, bytes: pushed.bytes, known });
  if (kind === "push") throw damagedCommit(version);
  return encodeVersionCommit({
    ...version,
    kind,
    treeId: take({ ids: known.treeIds, key: version.rootTreeHash }),
    parentIds: version.parentGenerationIds.map((key) => take({ ids: known.commitIds, key })),
  });
}

/** A pushed commit keeps its bytes, with its version's tree and parents. */
function assertFits({
  version,
  bytes,
  known,
}: {
  version: VersionFacts;
  bytes: Uint8Array;
  known: KnownObjects;
}): Uint8Array {
  const { treeId, parentIds } = decodeCommit(bytes);
  const storedParentIds = version.parentGenerationIds.map((key) => take({ ids: known.commitIds, key }));
  const fits =
    treeId === take({ ids: known.treeIds, key: version.rootTreeHash }) &&
    parentIds.join() === storedParentIds.join() &&
    computeObjectId({ type: "commit", body: bytes }) === version.pushed?.commitId;
  if (!fits) throw damagedCommit(version);
  return bytes;
}

function damagedCommit({ version, generationId }: VersionFacts): AppError {
  return new AppError({
    code: "STORED_CONTENT_DAMAGED",
    message: `The commit of v${version} does not fit its files and parents, so the history cannot be cloned. It was left as it is, and every version can be looked at. Run npm run fsck, and restore a backup.`,
    details: { generationId },
  });
}

function take<Key extends string>({ ids, key }: { ids: ReadonlyMap<Key, ObjectId>; key: Key }): ObjectId {
  const id = ids.get(key);
  if (id === undefined) throw new TypeError(`${key} is written after what refers to it.`);
  return id;
}
