import {
  maxProposalRows,
  type ProposalCounts,
  type ProposalRow,
  type RunProposals,
} from "#lib/contracts/runs/proposal.ts";

const rank: Record<ProposalRow["outcome"], number> = { open: 0, refused: 1, "made-good": 2, applied: 3 };

/**
 * The ledger as it is stored on a run: all counts, and the rows, starting with changes that were not simply applied.
 */
export function summarizeProposals({ counts, rows }: { counts: ProposalCounts; rows: ProposalRow[] }): RunProposals {
  const kept =
    rows.length <= maxProposalRows
      ? rows
      : rows
          .toSorted((a, b) => rank[a.outcome] - rank[b.outcome])
          .slice(0, maxProposalRows)
          .sort((a, b) => a.proposalId - b.proposalId);
  return { ...counts, rows: kept };
}
