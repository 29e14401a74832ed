/** How a generation came to be. */
export const generationKinds = [
  "create",
  "iterate",
  "rollback",
  "restore",
  "edit",
  "accept",
  "merge",
  "import",
] as const;
export type GenerationKind = (typeof generationKinds)[number];
