import type { Splice } from "../text-document.ts";

/** Where a block was found: its characters `start` to `end`, what they are to read, and how to make them so. */
export type BlockMatch = { start: number; end: number; replacement: string; splices: Splice[] };

/** Characters `start` to `end`, which are on the lines `firstLine` to `lastLine`, 0-based and inclusive. */
export type Place = { start: number; end: number; firstLine: number; lastLine: number };
