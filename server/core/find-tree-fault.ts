import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { collisionKey, listPathCollisions, parseFilePath } from "./file-path.ts";
import type { FileContents, FileTree } from "./file-tree.ts";
import { parseLinkTarget } from "./link-target.ts";

type LimitName = "projectFiles" | "projectBytes" | "textFileBytes" | "binaryFileBytes";

/** Why a tree cannot be a generation. `message` says so in one or two sentences, with what to do. */
export type TreeFault = { message: string } & (
  | { rule: "collision"; paths: [added: FilePath, other: FilePath] }
  | { rule: "path" | "link"; path: FilePath }
  | { rule: "limit"; limit: LimitName; maximum: number; path: FilePath | null }
);

/**
 * The tree law: every common disk and git can hold a generation. Checks only the differences from the parent, which
 * passed the same check. So faults of a version older than the law do not block changes that leave them alone.
 *
 * @param changedPaths the paths at which the two trees differ
 * @param contents at least those of the changed links
 */
export function findTreeFault({
  parent,
  tree,
  changedPaths,
  contents,
}: {
  parent: FileTree;
  tree: FileTree;
  changedPaths: Iterable<FilePath>;
  contents: FileContents;
}): TreeFault | null {
  const added = new Set<FilePath>();
  for (const path of changedPaths) {
    if (!tree.has(path)) continue;
    if (!parent.has(path)) added.add(path);
    const fault = findFileFault({ path, tree, contents });
    if (fault !== null) return fault;
  }
  return findSizeFault({ parent, tree }) ?? findCollision({ tree, added });
}

function findFileFault({
  path,
  tree,
  contents,
}: {
  path: FilePath;
  tree: FileTree;
  contents: FileContents;
}): TreeFault | null {
  const parsed = parseFilePath(path);
  if (parsed.status === "invalid")
    return { rule: "path", path, message: `${JSON.stringify(path)} cannot be in a project. ${parsed.reason}` };
  const entry = tree.get(path);
  if (entry === undefined) return null;
  const limit = entry.isBinary ? "binaryFileBytes" : "textFileBytes";
  if (entry.sizeBytes > limits[limit]) {
    const kind = entry.isBinary ? "binary" : "text";
    const message = `${path} would have ${format(entry.sizeBytes)} bytes; a ${kind} file has at most ${format(limits[limit])}.`;
    return { rule: "limit", limit, maximum: limits[limit], path, message };
  }
  const content = entry.mode === "120000" ? contents.get(entry.contentHash) : undefined;
  const target = content === undefined ? null : parseLinkTarget({ path, content });
  return target?.status !== "invalid"
    ? null
    : {
        rule: "link",
        path,
        message: `${path} is a symbolic link that a project cannot have. ${target.reason} Point it at a path inside the project, or delete it.`,
      };
}

/** A parent over a limit, stored under an earlier limit, may shrink. */
function findSizeFault({ parent, tree }: { parent: FileTree; tree: FileTree }): TreeFault | null {
  const { projectFiles, projectBytes } = limits;
  if (tree.size > Math.max(projectFiles, parent.size))
    return {
      rule: "limit",
      limit: "projectFiles",
      maximum: projectFiles,
      path: null,
      message: `The project would have ${format(tree.size)} files; it has at most ${format(projectFiles)}. Delete files that it does not need first.`,
    };
  const sizeBytes = sumBytes(tree);
  if (sizeBytes > projectBytes && sizeBytes > sumBytes(parent))
    return {
      rule: "limit",
      limit: "projectBytes",
      maximum: projectBytes,
      path: null,
      message: `The project would have ${format(sizeBytes)} bytes; it has at most ${format(projectBytes)}. Delete files that it does not need first.`,
    };
  return null;
}

/** Only a new path can cause a collision: the parent's own paths passed the same check. */
function findCollision({ tree, added }: { tree: FileTree; added: ReadonlySet<FilePath> }): TreeFault | null {
  if (added.size === 0) return null;
  for (const [other, path] of listPathCollisions([...listNearPaths({ tree, added }), ...added])) {
    if (!added.has(path) && !added.has(other)) continue;
    return { rule: "collision", paths: [path, other], message: describeCollision({ path, other }) };
  }
  return null;
}

/**
 * The other paths that an added one can collide with: those in its directories, in a directory with its own name, and
 * in a differently spelled directory. Directories are indexed once, so that a path costs one look-up.
 */
function listNearPaths({ tree, added }: { tree: FileTree; added: ReadonlySet<FilePath> }): FilePath[] {
  const addedKeys = new Set([...added].map(collisionKey));
  const near = new Map<string, string>([["", ""]]);
  for (const path of added)
    for (const directory of listDirectories(path))
      if (!near.has(collisionKey(directory))) near.set(collisionKey(directory), directory);
  const isNear = new Map<string, boolean>();
  const decide = (directory: string): boolean =>
    near.has(collisionKey(directory)) ||
    [directory, ...listDirectories(directory)].some((each) => {
      const key = collisionKey(each);
      return addedKeys.has(key) || (near.get(key) ?? each) !== each;
    });
  return [...tree.keys()].filter((path) => {
    if (added.has(path)) return false;
    const directory = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const known = isNear.get(directory) ?? decide(directory);
    isNear.set(directory, known);
    return known;
  });
}

/** The directories of a path, innermost first. */
function listDirectories(path: string): string[] {
  const directories: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    directories.push(path.slice(0, end));
  return directories;
}

/** A sentence on why two paths cannot be in one tree, and what to do. */
function describeCollision({ path, other }: { path: FilePath; other: FilePath }): string {
  const [short, long] = path.length <= other.length ? [path, other] : [other, path];
  const why = collisionKey(long).startsWith(`${collisionKey(short)}/`)
    ? `${long} needs a directory where ${short} is a file`
    : "on many file systems they are the same place";
  return `${path} cannot be beside ${other}: ${why}. Delete or rename one of them.`;
}

function sumBytes(tree: FileTree): number {
  let sizeBytes = 0;
  for (const entry of tree.values()) sizeBytes += entry.sizeBytes;
  return sizeBytes;
}

function format(count: number): string {
  return count.toLocaleString("en");
}
