import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";

/**
 * Where the path of a block was read: on its own `line`, inside a `sentence`, in the info string of the `fence`, in a
 * first-line `comment`, in a `tag`, in a `header` of a patch, or from the `previous` block.
 */
export type PathSource = "line" | "sentence" | "fence" | "comment" | "tag" | "header" | "previous";

/** A proposed change that can be applied as it is. */
export type ReadableProposal = {
  status: "readable";
  operation: ChangeOperation;
  pathSource: PathSource;
  /**
   * The text before a whole file describes usage or output ("you can now call it", "run"): the file may be an example.
   */
  isExampleLike?: boolean;
  /** 1-based line of the answer on which the block begins. */
  line: number;
};

/** A possible change that could not be read. It stays open until the model sends it again. */
export type UnreadableProposal = {
  status: "unreadable";
  /**
   * `cut`: the text ends inside it. `thought`: the thoughts never end. `path`: no path was found. `ambiguous`: the text
   * has several readings. `form`: not the form that is required at its place. `call`: a tool call written as text.
   * `command`: a shell command or a sentence that would change a file. `repeated`: a whole file beside changes of the
   * same file in one answer.
   */
  kind: "cut" | "thought" | "path" | "ambiguous" | "form" | "call" | "command" | "repeated";
  /** As written; null if no path was found. */
  path: string | null;
  /** The tool that a call names. */
  toolName?: string;
  line: number;
  /** The start of the block, on one line. */
  excerpt: string;
  /** A sentence for the user: what could not be read, and why. */
  reason: string;
  /** What the model should send instead. */
  advice: string;
};

export type TextProposal = ReadableProposal | UnreadableProposal;

/**
 * All proposals of an answer in the order of the text, and the prose around them without the model's thoughts.
 * `notDone` lists the parts of the request that the prose names as not done.
 */
export type ParsedTextAnswer = { proposals: TextProposal[]; prose: string; notDone: string[] };

/** The applicable operations of an answer, in order. */
export function readableOperations({ proposals }: Pick<ParsedTextAnswer, "proposals">): ChangeOperation[] {
  return proposals.flatMap((proposal) => (proposal.status === "readable" ? [proposal.operation] : []));
}

export function unreadableProposals({ proposals }: Pick<ParsedTextAnswer, "proposals">): UnreadableProposal[] {
  return proposals.filter((proposal) => proposal.status === "unreadable");
}
