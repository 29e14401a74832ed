import type { FileOperation } from "./file-operation.ts";

/**
 * How one proposed change ended. `refused`: it lay outside of what the run may change, and the developer is shown it.
 * `made-good`: a later change did what it asked for, or it asked for nothing that was not there already. `open`: it was
 * not applied, and no later change made it good.
 */
export type ProposalOutcome = "applied" | "refused" | "made-good" | "open";

/** One change that the model of a run sent, in whatever form. */
export type ProposalRow = {
  /** Its place among all that the run's model sent; starts at 1. */
  proposalId: number;
  /** `call`: of a tool. `text`: written in the answer, as a block, a fenced file or a call that is none. */
  source: "call" | "text";
  /** The tool's name, or what kind of block it was. */
  name: string;
  operation: FileOperation | null;
  /** As the model wrote it; null where it named none that could be read. */
  path: string | null;
  outcome: ProposalOutcome;
  /** A sentence for all but the applied; of those, for the ones of which a part asked for nothing. */
  reason?: string;
};

/** `sent` is the sum of the others. A run with open ones does not succeed. */
export type ProposalCounts = { sent: number; applied: number; refused: number; madeGood: number; open: number };

/** `rows` are those that were not simply applied first; at most `maxProposalRows` are kept. */
export type RunProposals = ProposalCounts & { rows: ProposalRow[] };

export const maxProposalRows = 200;

export const noProposals: RunProposals = { sent: 0, applied: 0, refused: 0, madeGood: 0, open: 0, rows: [] };
