export type GeneratedFile = { path: string; text: string };
