import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, chown, copyFile, lchown, mkdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { FileContents, FileEntry, FileTree } from "#server/core/file-tree.ts";
import type { SandboxUser } from "#server/sandbox/sandbox-user.ts";

/** A cache of contents as files, by hash. It may be emptied at any time while no check runs. */
export type ContentCache = {
  /** Writes a tree into an empty folder. Returns how many contents had to be loaded. */
  writeTree(options: {
    tree: FileTree;
    folder: string;
    user: SandboxUser | null;
    loadContents: (hashes: readonly ContentHash[]) => Promise<FileContents>;
  }): Promise<{ loadedCount: number }>;
};

/** Concurrent copies; more are not faster. */
const copiesAtOnce = 16;

/** Contents held in memory at once. */
const loadedFiles = 200;
const loadedBytes = 16 * 1_048_576;

/**
 * Files are copied out of the cache, by reference if the file system can share blocks. They are not hard-linked: a
 * program that writes to a linked file would change it in every later version too.
 */
export function createContentCache({ directory }: { directory: string }): ContentCache {
  const placeOf = (hash: ContentHash) => join(directory, hash.slice(0, 2), hash);

  const add = async ({ hash, content }: { hash: ContentHash; content: Uint8Array }): Promise<void> => {
    const place = placeOf(hash);
    await mkdir(dirname(place), { recursive: true });
    const unfinished = `${place}.${randomUUID()}`;
    await writeFile(unfinished, content);
    await rename(unfinished, place);
  };

  const writeEntry = async ({
    path,
    entry,
    folder,
    user,
  }: {
    path: FilePath;
    entry: FileEntry;
    folder: string;
    user: SandboxUser | null;
  }): Promise<"written" | "missing"> => {
    const source = placeOf(entry.contentHash);
    // A file that a power failure left empty or truncated counts as missing.
    const found = await stat(source).catch(() => null);
    if (found?.size !== entry.sizeBytes) return "missing";
    const target = join(folder, path);
    if (entry.mode === "120000") {
      await symlink(await readFile(source, "utf8"), target);
      if (user !== null) await lchown(target, user.uid, user.gid);
      return "written";
    }
    await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    if (entry.mode === "100755") await chmod(target, 0o755);
    if (user !== null) await chown(target, user.uid, user.gid);
    return "written";
  };

  return {
    async writeTree({ tree, folder, user, loadContents }) {
      await makeFolders({ paths: tree.keys(), folder, user });
      const missing: [FilePath, FileEntry][] = [];
      const write = async ([path, entry]: [FilePath, FileEntry]) => {
        if ((await writeEntry({ path, entry, folder, user })) === "missing") missing.push([path, entry]);
      };
      await forEachAtOnce({ items: [...tree], run: write });
      const hashes = new Map(missing.map(([, entry]) => [entry.contentHash, entry.sizeBytes]));
      for (const batch of groupHashes(hashes)) {
        const contents = await loadContents(batch);
        for (const [hash, content] of contents) await add({ hash, content });
      }
      const late = missing.splice(0);
      await forEachAtOnce({ items: late, run: write });
      if (missing.length > 0) throw new Error(`${missing.length} files could not be written.`);
      return { loadedCount: hashes.size };
    },
  };
}

/** Parents precede their children, because a set keeps insertion order. */
async function makeFolders({
  paths,
  folder,
  user,
}: {
  paths: Iterable<string>;
  folder: string;
  user: SandboxUser | null;
}): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split("/").slice(0, -1);
    for (let count = 1; count <= parts.length; count += 1) folders.add(parts.slice(0, count).join("/"));
  }
  for (const name of folders) {
    await mkdir(join(folder, name));
    if (user !== null) await chown(join(folder, name), user.uid, user.gid);
  }
}

async function forEachAtOnce<Item>({
  items,
  run,
}: {
  items: readonly Item[];
  run: (item: Item) => Promise<void>;
}): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: copiesAtOnce }, async () => {
      for (const item of waiting) await run(item);
    }),
  );
}

function* groupHashes(sizes: ReadonlyMap<ContentHash, number>): Generator<ContentHash[]> {
  let group: ContentHash[] = [];
  let bytes = 0;
  for (const [hash, size] of sizes) {
    if (group.length >= loadedFiles || (group.length > 0 && bytes + size > loadedBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(hash);
    bytes += size;
  }
  if (group.length > 0) yield group;
}
