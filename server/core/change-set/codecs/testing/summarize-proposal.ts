import type { TextProposal } from "../text-proposal.ts";

/** A proposal on one line: `write app/a.py`, or `?form app/a.py` for an unreadable one. */
export function summarizeProposal(proposal: TextProposal): string {
  if (proposal.status === "unreadable") return `?${proposal.kind} ${proposal.path ?? "-"}`;
  const { operation } = proposal;
  return operation.type === "move"
    ? `move ${operation.source} ${operation.destination}`
    : `${operation.type} ${operation.path}`;
}
