/**
 * A path as its folder, with the slash behind it, and its name: a narrow place cuts the folder and shows the whole
 * name.
 */
export function splitPath(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf("/") + 1;
  return { folder: path.slice(0, at), name: path.slice(at) };
}
