/** The folder of a path, without a slash at its end; empty for a file of the project's root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The order in which files are reviewed: root files first, then folder by folder, sorted by code units. */
export function compareByFolder(one: string, other: string): number {
  return compareText(folderOf(one), folderOf(other)) || compareText(one, other);
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
