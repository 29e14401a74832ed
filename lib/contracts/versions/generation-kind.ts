/** How a generation was made. */
export const generationKinds = [
  "create",
  "iterate",
  "rollback",
  "restore",
  "edit",
  "accept",
  "merge",
  "import",
  "push",
] as const;
export type GenerationKind = (typeof generationKinds)[number];
