import type { RunProposals } from "#lib/contracts/runs/proposal.ts";

/**
 * Updates the record of a run after its end: `refused` if the user accepted the result without the open changes,
 * `made-good` if a later run made the version.
 */
export function settleProposals({
  proposals,
  outcome,
  reason,
}: {
  proposals: RunProposals;
  outcome: "refused" | "made-good";
  reason: string;
}): RunProposals {
  const { open, rows, ...counts } = proposals;
  if (open === 0) return proposals;
  counts[outcome === "refused" ? "refused" : "madeGood"] += open;
  return {
    ...counts,
    open: 0,
    rows: rows.map((row) =>
      row.outcome === "open" ? { ...row, outcome, reason: `${row.reason ?? ""} ${reason}`.trim() } : row,
    ),
  };
}
