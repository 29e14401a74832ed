import { countTokens } from "./count-tokens.ts";

/** Directories and files of a tree as lines for a model, and the number of files with their own line. */
type TreeOutline = { lines: string[]; namedCount: number };

type Directory = { path: string; directories: Map<string, Directory>; files: string[]; fileCount: number };

/**
 * The files of a project within `maxTokens`. A project that fits is listed completely. In a larger one, directories are
 * listed with their file count and opened in the order of `nearPaths`, so those around relevant files first. `describe`
 * adds to a file's line.
 */
export function outlineTree({
  paths,
  nearPaths,
  maxTokens,
  describe,
}: {
  paths: readonly string[];
  nearPaths: readonly string[];
  maxTokens: number;
  describe: (path: string) => string;
}): TreeOutline {
  const root = buildDirectories(paths);
  const open = new Set<Directory>();
  let usedTokens = 0;
  const tryOpen = (directory: Directory): boolean => {
    if (open.has(directory)) return true;
    const tokens = countTokens(listDirectory({ directory, describe }).join("\n")) + 1;
    if (usedTokens + tokens > maxTokens) return false;
    usedTokens += tokens;
    open.add(directory);
    return true;
  };
  tryOpen(root);
  for (const path of nearPaths) openAlong({ root, path, tryOpen });
  // The remaining room goes to the other directories, shallow ones first.
  for (let level = [root]; level.length > 0;) {
    const next: Directory[] = [];
    for (const directory of level) if (tryOpen(directory)) next.push(...directory.directories.values());
    level = next;
  }
  if (!open.has(root)) return { lines: [`${root.fileCount} files: use list_files`], namedCount: 0 };
  const lines: string[] = [];
  let namedCount = 0;
  const write = (directory: Directory) => {
    for (const child of directory.directories.values()) {
      if (open.has(child)) write(child);
      else lines.push(describeDirectory(child));
    }
    namedCount += directory.files.length;
    for (const path of directory.files) lines.push(`- ${path}${describe(path)}`);
  };
  write(root);
  return { lines, namedCount };
}

function openAlong({
  root,
  path,
  tryOpen,
}: {
  root: Directory;
  path: string;
  tryOpen: (directory: Directory) => boolean;
}): void {
  let directory: Directory | undefined = root;
  for (const name of path.split("/").slice(0, -1)) {
    directory = directory.directories.get(name);
    if (directory === undefined || !tryOpen(directory)) return;
  }
}

function buildDirectories(paths: readonly string[]): Directory {
  const root: Directory = { path: "", directories: new Map(), files: [], fileCount: 0 };
  for (const path of paths) {
    let directory = root;
    directory.fileCount += 1;
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const name = path.slice(path.lastIndexOf("/", end - 1) + 1, end);
      let child = directory.directories.get(name);
      if (child === undefined) {
        child = { path: path.slice(0, end + 1), directories: new Map(), files: [], fileCount: 0 };
        directory.directories.set(name, child);
      }
      child.fileCount += 1;
      directory = child;
    }
    directory.files.push(path);
  }
  return root;
}

/** The lines added by opening a directory. */
function listDirectory({
  directory,
  describe,
}: {
  directory: Directory;
  describe: (path: string) => string;
}): string[] {
  return [
    ...[...directory.directories.values()].map(describeDirectory),
    ...directory.files.map((path) => `- ${path}${describe(path)}`),
  ];
}

function describeDirectory({ path, fileCount }: Directory): string {
  return `- ${path} (${fileCount} ${fileCount === 1 ? "file" : "files"}, not listed)`;
}
