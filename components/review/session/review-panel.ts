/** The panels that open over or beside a review. */
export type ReviewPanel = "help" | "reader" | "list" | "filter" | "comments";
