/**
 * What a file is, in git's notation: a regular file, an executable one, or a symbolic link, whose content is its
 * target.
 */
export type FileMode = "100644" | "100755" | "120000";

export const regularFile: FileMode = "100644";
