import type { FileOperation } from "./file-operation.ts";

/**
 * The outcome of one proposed change. `refused`: outside the files that the run may change; shown to the user.
 * `made-good`: a later change achieved it, or it asked for what was already there. `open`: not applied, and no later
 * change achieved it.
 */
export type ProposalOutcome = "applied" | "refused" | "made-good" | "open";

/** One change sent by the model of a run, in any format. */
export type ProposalRow = {
  /** Its position among all changes that the run's model sent; starts at 1. */
  proposalId: number;
  /** `call`: from a tool call. `text`: written in the answer, as an edit block, a fenced file or an invalid call. */
  source: "call" | "text";
  /** The tool's name, or the kind of block. */
  name: string;
  operation: FileOperation | null;
  /** As the model wrote it; null if it named no readable path. */
  path: string | null;
  outcome: ProposalOutcome;
  /** An explanation; null for applied changes, except those of which a part had no effect. */
  reason?: string;
};

/** `sent` is the sum of the others. A run with open changes does not succeed. */
export type ProposalCounts = { sent: number; applied: number; refused: number; madeGood: number; open: number };

/** `rows` starts with the changes that were not simply applied; at most `maxProposalRows` are stored. */
export type RunProposals = ProposalCounts & { rows: ProposalRow[] };

export const maxProposalRows = 200;

export const noProposals: RunProposals = { sent: 0, applied: 0, refused: 0, madeGood: 0, open: 0, rows: [] };
