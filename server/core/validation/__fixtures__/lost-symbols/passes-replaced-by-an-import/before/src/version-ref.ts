export type VersionRef = { version: number; head: boolean };
