/**
 * Splits a path into its folder, with the trailing slash, and its name: narrow places truncate the folder and show the
 * whole name.
 */
export function splitPath(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf("/") + 1;
  return { folder: path.slice(0, at), name: path.slice(at) };
}
