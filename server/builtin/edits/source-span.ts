/** A span of source text. Offsets are UTF-16 code units; lines are 1-based. */
export type SourceSpan = { start: number; end: number; line: number };
