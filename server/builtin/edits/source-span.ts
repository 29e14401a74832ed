/** A piece of source text. Offsets are of UTF-16 code units; lines are 1-based. */
export type SourceSpan = { start: number; end: number; line: number };
