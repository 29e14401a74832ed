import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";

/**
 * Where the path of a block was read: on a `line` of its own, inside a `sentence`, in the line of the `fence`, in a
 * first-line `comment`, in a `tag`, in a `header` of a patch, or from the `previous` block.
 */
export type PathSource = "line" | "sentence" | "fence" | "comment" | "tag" | "header" | "previous";

/** A change that the text proposes and that can be applied as it is. */
export type ReadableProposal = {
  status: "readable";
  operation: ChangeOperation;
  pathSource: PathSource;
  /** The text before a whole file speaks of usage or output ("you can now call it", "run"): it may be an example. */
  isExampleLike?: boolean;
  /** 1-based line of the answer that the block begins on. */
  line: number;
};

/** A change that the text seems to propose and that was not read: it stays open until it is sent again. */
export type UnreadableProposal = {
  status: "unreadable";
  /**
   * `cut`: the text ends inside it. `thought`: the thoughts never end. `path`: no path was read. `ambiguous`: the text
   * has more than one reading. `form`: another form than the one its place asks for. `call`: a tool call written as
   * text. `command`: a shell command or a sentence that would change a file. `repeated`: a whole file over changes of
   * the same answer.
   */
  kind: "cut" | "thought" | "path" | "ambiguous" | "form" | "call" | "command" | "repeated";
  /** As written; null where none was read. */
  path: string | null;
  /** The tool that a call names. */
  toolName?: string;
  line: number;
  /** The first characters of the block, on one line. */
  excerpt: string;
  /** One sentence for the user: what was not read, and why. */
  reason: string;
  /** What the model should send instead. */
  advice: string;
};

export type TextProposal = ReadableProposal | UnreadableProposal;

/**
 * Every proposal of an answer in the order of the text, and the words around them without the model's thoughts.
 * `notDone` are the parts of the request that these words name as not done.
 */
export type ParsedTextAnswer = { proposals: TextProposal[]; prose: string; notDone: string[] };

/** The operations of an answer that can be applied, in order. */
export function readableOperations({ proposals }: Pick<ParsedTextAnswer, "proposals">): ChangeOperation[] {
  return proposals.flatMap((proposal) => (proposal.status === "readable" ? [proposal.operation] : []));
}

export function unreadableProposals({ proposals }: Pick<ParsedTextAnswer, "proposals">): UnreadableProposal[] {
  return proposals.filter((proposal) => proposal.status === "unreadable");
}
