export type Folder = { name: string; path: string; folders: Folder[]; files: { name: string; path: string }[] };

/** Builds the folders of sorted paths. A folder that contains only one folder is joined with it: `src/app`. */
export function buildFolder(paths: readonly string[]): Folder {
  const root: Folder = { name: "", path: "", folders: [], files: [] };
  const folders = new Map<string, Folder>([["", root]]);
  const open = (path: string): Folder => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf("/");
    const folder: Folder = { name: path.slice(cut + 1), path, folders: [], files: [] };
    folders.set(path, folder);
    open(cut === -1 ? "" : path.slice(0, cut)).folders.push(folder);
    return folder;
  };
  for (const path of paths) {
    const cut = path.lastIndexOf("/");
    open(cut === -1 ? "" : path.slice(0, cut)).files.push({ name: path.slice(cut + 1), path });
  }
  root.folders = root.folders.map(join);
  return root;
}

function join(folder: Folder): Folder {
  const [only] = folder.folders;
  if (only !== undefined && folder.folders.length === 1 && folder.files.length === 0) {
    const joined = join(only);
    return { ...joined, name: `${folder.name}/${joined.name}` };
  }
  return { ...folder, folders: folder.folders.map(join) };
}
