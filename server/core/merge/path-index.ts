import type { FilePath } from "#lib/contracts/ids.ts";
import { collisionKey, findPathCollision } from "../file-path.ts";
import type { FileTree } from "../file-tree.ts";

type PathKeys = { files: Set<string>; directories: Map<string, string> };

/** Trees are immutable and shared, so that their keys are computed once each. */
const keysByTree = new WeakMap<FileTree, PathKeys>();

/**
 * The existing path that `path` would collide with, or null. The keys of the parent tell at once that there is none,
 * which is the rule; only where one is possible are all current paths compared.
 */
export function findCollisionWith({
  path,
  parent,
  currentPaths,
}: {
  path: FilePath;
  parent: FileTree;
  currentPaths: () => FilePath[];
}): FilePath | null {
  const keys = readKeys(parent);
  const others = currentPaths();
  const isNewOnly = others.length <= parent.size + 500;
  if (
    isNewOnly &&
    !mayCollide({ path, keys }) &&
    findPathCollision([...others.filter((other) => !parent.has(other)), path]) === null
  )
    return null;
  const collision = findPathCollision([...others.filter((other) => other !== path), path]);
  return collision === null ? null : (collision.find((other) => other !== path) ?? null);
}

function mayCollide({ path, keys }: { path: FilePath; keys: PathKeys }): boolean {
  const key = collisionKey(path);
  if (keys.files.has(key) || keys.directories.has(key)) return true;
  for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
    const spelling = path.slice(0, end);
    const directoryKey = collisionKey(spelling);
    if (keys.files.has(directoryKey)) return true;
    const known = keys.directories.get(directoryKey);
    if (known !== undefined && known !== spelling) return true;
  }
  return false;
}

function readKeys(tree: FileTree): PathKeys {
  const known = keysByTree.get(tree);
  if (known !== undefined) return known;
  const keys: PathKeys = { files: new Set(), directories: new Map() };
  for (const path of tree.keys()) {
    keys.files.add(collisionKey(path));
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const spelling = path.slice(0, end);
      if (keys.directories.get(collisionKey(spelling)) === spelling) break;
      keys.directories.set(collisionKey(spelling), spelling);
    }
  }
  keysByTree.set(tree, keys);
  return keys;
}
