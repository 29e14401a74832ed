import type { ProposalRow, RunProposals } from "./contracts/runs/proposal.ts";

/** The number of proposals that a sentence names; the run's screen lists all. */
const maxNamed = 5;

/** "7 changes proposed: 6 applied, 1 open: edit_file app/b.py, no newText". */
export function describeProposals(proposals: RunProposals): string {
  const { sent, applied, refused, madeGood, open, rows } = proposals;
  const parts = [
    `${applied} applied`,
    ...(madeGood === 0 ? [] : [`${madeGood} made good or already there`]),
    ...(refused === 0 ? [] : [`${refused} refused`]),
    ...(open === 0 ? [] : [`${open} not applied`]),
  ];
  const missing = rows.filter(({ outcome }) => outcome === "open");
  const named = missing.slice(0, maxNamed).map(describeProposal).join("; ");
  const more = open > maxNamed ? `; and ${open - maxNamed} more` : "";
  return `${sent} ${sent === 1 ? "change" : "changes"} proposed: ${parts.join(", ")}${named === "" ? "" : `: ${named}${more}`}`;
}

/** "edit_file app/b.py, no newText". */
function describeProposal({ name, path, reason }: ProposalRow): string {
  return `${name}${path === null ? "" : ` ${path}`}${reason === undefined ? "" : `, ${reason}`}`;
}
