import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { comparePaths, type FileContents, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { loadBlobs, type BlobBase } from "./blobs.ts";
import type { Transaction } from "../database.ts";
import { decodeDirectory, encodeDirectory, type Directory, type TreeHash } from "./directory-codec.ts";

/** Directories are immutable, so decoded ones never expire; the bound limits a worker's memory. */
const maxCachedDirectories = 20_000;
const maxCachedTrees = 64;

/**
 * The tree of a generation as content-addressed directories. An unchanged directory costs no row, and two trees are
 * equal exactly if their root hashes are.
 */
export class TreeObjects {
  readonly #directories = new Map<TreeHash, Directory>();
  readonly #trees = new Map<TreeHash, FileTree>();

  /**
   * The complete file tree under `rootHash`, sorted by path.
   *
   * @throws AppError STORED_CONTENT_DAMAGED if a directory is missing or does not match its hash
   */
  async load({ transaction, rootHash }: { transaction: Transaction; rootHash: TreeHash }): Promise<FileTree> {
    const known = this.#trees.get(rootHash);
    if (known !== undefined) return known;
    return this.#collectTree({
      directories: await this.loadDirectories({ transaction, rootHashes: [rootHash] }),
      rootHash,
    });
  }

  /** The only constructor of a tree in memory, so that a tree always matches the directories under its root hash. */
  #collectTree({ directories, rootHash }: { directories: Directories; rootHash: TreeHash }): FileTree {
    const entries: [FilePath, FileEntry][] = [];
    collectFiles({ directories, treeHash: rootHash, prefix: "", entries });
    entries.sort(([a], [b]) => comparePaths(a, b));
    return remember({ cache: this.#trees, key: rootHash, value: new Map(entries), maxEntries: maxCachedTrees });
  }

  /**
   * Returns the directories that differ from those under `parentRootHash`, as contents to store, and the new root. Work
   * and rows grow with the changed paths and the size of their directories, not with the project. The returned tree is
   * decoded from these directories, so a reader sees the same tree before and after a restart.
   *
   * @throws TypeError if a file and a directory would share a path; callers check the tree law before
   */
  async plan({
    transaction,
    parentRootHash,
    changes,
  }: {
    transaction: Transaction;
    parentRootHash: TreeHash | null;
    /** The new entry of each changed path; null removes it. */
    changes: ReadonlyMap<FilePath, FileEntry | null>;
  }): Promise<PlannedTree> {
    const directories =
      parentRootHash === null
        ? new Map<TreeHash, Directory>()
        : await this.loadDirectories({ transaction, rootHashes: [parentRootHash] });
    const contents = new Map<ContentHash, Uint8Array>();
    const bases = new Map<ContentHash, BlobBase>();
    const add = ({ directory, baseHash }: { directory: Directory; baseHash: TreeHash | null }): TreeHash => {
      const bytes = encodeDirectory(directory);
      const hash = hashContent(bytes);
      contents.set(hash, bytes);
      directories.set(hash, directory);
      if (baseHash !== null)
        bases.set(hash, {
          contentHash: baseHash,
          content: encodeDirectory(getDirectory({ directories, treeHash: baseHash })),
        });
      remember({ cache: this.#directories, key: hash, value: directory, maxEntries: maxCachedDirectories });
      return hash;
    };
    const rootHash =
      changeDirectory({ directories, baseHash: parentRootHash, changes: groupBySegment(changes), add }) ??
      add({ directory: new Map(), baseHash: null });
    return { rootHash, tree: this.#collectTree({ directories, rootHash }), contents, bases };
  }

  /**
   * Every directory under `rootHashes`, from memory or read level by level.
   *
   * @throws AppError STORED_CONTENT_DAMAGED if a directory is missing or does not match its hash
   */
  async loadDirectories({
    transaction,
    rootHashes,
  }: {
    transaction: Transaction;
    rootHashes: readonly TreeHash[];
  }): Promise<Map<TreeHash, Directory>> {
    const directories = new Map<TreeHash, Directory>();
    let level = [...new Set(rootHashes)];
    while (level.length > 0) {
      const unknown = level.filter((hash) => {
        const cached = this.#directories.get(hash);
        if (cached !== undefined) directories.set(hash, cached);
        return cached === undefined;
      });
      for (const [hash, bytes] of await loadBlobs({ transaction, hashes: unknown })) {
        directories.set(
          hash,
          remember({
            cache: this.#directories,
            key: hash,
            value: decodeDirectory(bytes),
            maxEntries: maxCachedDirectories,
          }),
        );
      }
      const below = level.flatMap((hash) =>
        [...getDirectory({ directories, treeHash: hash }).values()].flatMap((entry) =>
          entry.kind === "directory" ? [entry.treeHash] : [],
        ),
      );
      level = [...new Set(below)].filter((hash) => !directories.has(hash));
    }
    return directories;
  }
}

/** Contents to store, each with the version of the directory that it replaces, if any. */
export type PlannedTree = {
  rootHash: TreeHash;
  tree: FileTree;
  contents: FileContents;
  bases: ReadonlyMap<ContentHash, BlobBase>;
};

export type Directories = ReadonlyMap<TreeHash, Directory>;

function getDirectory({ directories, treeHash }: { directories: Directories; treeHash: TreeHash }): Directory {
  const directory = directories.get(treeHash);
  if (directory === undefined) throw damagedTree(treeHash);
  return directory;
}

function collectFiles({
  directories,
  treeHash,
  prefix,
  entries,
}: {
  directories: Directories;
  treeHash: TreeHash;
  prefix: string;
  entries: [FilePath, FileEntry][];
}): void {
  for (const [name, entry] of getDirectory({ directories, treeHash })) {
    if (entry.kind === "directory")
      collectFiles({ directories, treeHash: entry.treeHash, prefix: `${prefix}${name}/`, entries });
    else {
      const { kind: _, ...file } = entry;
      entries.push([`${prefix}${name}` as FilePath, file]);
    }
  }
}

/** The hash of the changed directory; null if it became empty, because empty directories do not exist. */
function changeDirectory({
  directories,
  baseHash,
  changes,
  add,
}: {
  directories: Directories;
  baseHash: TreeHash | null;
  changes: SegmentChanges;
  add: (added: { directory: Directory; baseHash: TreeHash | null }) => TreeHash;
}): TreeHash | null {
  const directory = new Map(baseHash === null ? [] : getDirectory({ directories, treeHash: baseHash }));
  for (const [name, change] of changes) {
    const before = directory.get(name);
    const baseBelow = before?.kind === "directory" ? before.treeHash : null;
    const subdirectory =
      change.below.size === 0
        ? baseBelow
        : changeDirectory({ directories, baseHash: baseBelow, changes: change.below, add });
    const file = change.entry === undefined && before?.kind === "file" ? before : change.entry;
    if (file && subdirectory !== null) throw new TypeError(`${name} would be a file and a directory.`);
    if (file) directory.set(name, { ...file, kind: "file" });
    else if (subdirectory !== null) directory.set(name, { kind: "directory", treeHash: subdirectory });
    else directory.delete(name);
  }
  return directory.size === 0 ? null : add({ directory, baseHash });
}

/** The file of this name: null if it is removed, absent if it is unchanged. */
type SegmentChange = { entry?: FileEntry | null; below: SegmentChanges };
type SegmentChanges = Map<string, SegmentChange>;

function groupBySegment(changes: ReadonlyMap<FilePath, FileEntry | null>): SegmentChanges {
  const root: SegmentChanges = new Map();
  for (const [path, entry] of changes) {
    let level = root;
    const segments = path.split("/");
    for (const [index, segment] of segments.entries()) {
      let change = level.get(segment);
      if (change === undefined) level.set(segment, (change = { below: new Map() }));
      if (index === segments.length - 1) change.entry = entry;
      level = change.below;
    }
  }
  return root;
}

function damagedTree(hash: TreeHash): AppError {
  return new AppError({
    code: "STORED_CONTENT_DAMAGED",
    message: `The stored directory ${hash.slice(0, 12)} is missing or does not match its hash, so this version is not shown. It was left as it is, and versions without this directory are kept. Run npm run fsck -- --repair-from-parent: it names what is damaged and a version that is whole.`,
    details: { treeHash: hash },
  });
}

/** Inserts `value` as the newest entry of a map and drops the oldest beyond `maxEntries`. */
function remember<Value>({
  cache,
  key,
  value,
  maxEntries,
}: {
  cache: Map<string, Value>;
  key: string;
  value: Value;
  maxEntries: number;
}): Value {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > maxEntries) {
    const oldest = cache.keys().next().value;
    if (oldest !== undefined) cache.delete(oldest);
  }
  return value;
}
