/** A syntax error. `line` is 1-based; `problem` is the end of a sentence, without its full stop. */
export type SyntaxFault = { line: number; problem: string };
