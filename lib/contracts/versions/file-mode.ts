/**
 * The type of a file in git's terms: a regular file, an executable, or a symbolic link, whose content is its target.
 */
export type FileMode = "100644" | "100755" | "120000";

export const regularFile: FileMode = "100644";
