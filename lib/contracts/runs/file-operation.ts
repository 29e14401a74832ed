/** What a change does to a file. */
export type FileOperation = "write" | "edit" | "delete" | "move";
