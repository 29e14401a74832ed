import type { Splice } from "../text-document.ts";

/** A located block: the characters `start` to `end`, their new text, and the splices that write it. */
export type BlockMatch = { start: number; end: number; replacement: string; splices: Splice[] };

/** Characters `start` to `end`, on the lines `firstLine` to `lastLine`, 0-based and inclusive. */
export type Place = { start: number; end: number; firstLine: number; lastLine: number };
