import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath, ObjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { decodeGitTree } from "#server/core/git/decode-git-tree.ts";
import type { GitTreeEntry } from "#server/core/git/encode-git-tree.ts";
import { describeContent } from "#server/core/file-content.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import type { ObjectReader } from "#server/git/object-reader.ts";
import { refusePush } from "./refuse-push.ts";

/** The changes of a commit: the new file of each path, null if it is removed. */
export type TreeChanges = ReadonlyMap<FilePath, FileEntry | null>;

type Entries = ReadonlyMap<string, GitTreeEntry>;
type Files = { changes: Map<FilePath, FileEntry | null>; contents: Map<ContentHash, Uint8Array> };

const noEntries: Entries = new Map();

/** The trees of pushed commits. Only differences from the parent are read. */
export class PushedTrees {
  readonly #objects: ObjectReader;
  readonly #sizes: ReadonlyMap<ObjectId, number>;
  /** Contents read so far, by git object id. Their mode is that of a regular file. */
  readonly #described = new Map<ObjectId, FileEntry>();

  constructor({ objects, sizes }: { objects: ObjectReader; sizes: ReadonlyMap<ObjectId, number> }) {
    this.#objects = objects;
    this.#sizes = sizes;
  }

  /**
   * The files that differ between two trees, with contents that no earlier commit has loaded.
   *
   * @throws AppError PUSH_REFUSED if a tree contains what Graft cannot hold; it names the path
   */
  async compare({ before, after }: { before: ObjectId | null; after: ObjectId }): Promise<Files> {
    const files: Files = { changes: new Map(), contents: new Map() };
    await this.#compareDirectories({ before, after, prefix: "", files });
    return files;
  }

  async #compareDirectories({
    before,
    after,
    prefix,
    files,
  }: {
    before: ObjectId | null;
    after: ObjectId | null;
    prefix: string;
    files: Files;
  }): Promise<void> {
    if (prefix.split("/").length > limits.pathDepth + 1)
      throw refusePush(`${JSON.stringify(prefix)} is deeper than ${limits.pathDepth} directories.`);
    const [from, to] = [
      await this.#readEntries({ id: before, prefix }),
      await this.#readEntries({ id: after, prefix }),
    ];
    for (const name of new Set([...from.keys(), ...to.keys()])) {
      const [old, entry] = [from.get(name), to.get(name)];
      if (old?.objectId === entry?.objectId && old?.mode === entry?.mode) continue;
      const path = `${prefix}${name}`;
      const [oldTree, newTree] = [toTreeId(old), toTreeId(entry)];
      if (oldTree !== null || newTree !== null)
        await this.#compareDirectories({ before: oldTree, after: newTree, prefix: `${path}/`, files });
      const isFile = entry !== undefined && entry.mode !== "40000";
      if (isFile) files.changes.set(path as FilePath, await this.#describe({ entry, path, files }));
      else if (old !== undefined && old.mode !== "40000") files.changes.set(path as FilePath, null);
    }
  }

  async #readEntries({ id, prefix }: { id: ObjectId | null; prefix: string }): Promise<Entries> {
    if (id === null) return noEntries;
    const object = await this.#objects.read(id);
    if (object?.type !== "tree") throw refusePush(`The directory ${JSON.stringify(prefix)} is missing.`);
    const decoded = decodeGitTree(object.body);
    if (decoded.status === "decoded") return new Map(decoded.entries.map((entry) => [entry.name, entry]));
    throw refusePush(`${JSON.stringify(`${prefix}${decoded.name}`)} cannot be in a project: ${decoded.reason}.`);
  }

  async #describe({ entry, path, files }: { entry: GitTreeEntry; path: string; files: Files }): Promise<FileEntry> {
    const mode = entry.mode as FileMode;
    const known = this.#described.get(entry.objectId);
    if (known !== undefined) return { ...known, mode };
    const sizeBytes = this.#sizes.get(entry.objectId) ?? 0;
    if (sizeBytes > limits.binaryFileBytes)
      throw refusePush(
        `${JSON.stringify(path)} has ${Math.ceil(sizeBytes / 1_048_576)} MiB, and a file has at most ${limits.binaryFileBytes / 1_048_576} MiB.`,
      );
    const object = await this.#objects.read(entry.objectId);
    if (object?.type !== "blob") throw refusePush(`The content of ${JSON.stringify(path)} is missing.`);
    const described = describeContent(object.body);
    this.#described.set(entry.objectId, described);
    files.contents.set(described.contentHash, object.body);
    return { ...described, mode };
  }
}

function toTreeId(entry: GitTreeEntry | undefined): ObjectId | null {
  return entry?.mode === "40000" ? entry.objectId : null;
}
