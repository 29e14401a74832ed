/** The kind of change to a file. */
export type FileOperation = "write" | "edit" | "delete" | "move";
