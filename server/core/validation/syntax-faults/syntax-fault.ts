/**
 * One place where a text breaks its language's rules. `line` is 1-based; `problem` ends a sentence, without its full
 * stop.
 */
export type SyntaxFault = { line: number; problem: string };
