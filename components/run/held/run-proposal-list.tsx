import { Check, CheckCheck, CircleAlert, CircleSlash } from "lucide-react";
import type { ProposalOutcome, RunProposals } from "#lib/contracts/runs/proposal.ts";
import { describeProposals } from "#lib/describe-proposals.ts";
import { cn } from "../../ui/class-names.ts";

const styles: Record<ProposalOutcome, { icon: typeof Check; className: string; word: string }> = {
  applied: { icon: Check, className: "text-positive", word: "Applied" },
  "made-good": { icon: CheckCheck, className: "text-muted", word: "Made good or already there" },
  refused: { icon: CircleSlash, className: "text-caution", word: "Refused" },
  open: { icon: CircleAlert, className: "text-negative", word: "Not applied" },
};

/** Every change that the model of an ended run sent, with its outcome. Empty before the run has ended. */
export function RunProposalList({ proposals }: { proposals: RunProposals }) {
  const { sent, open, rows } = proposals;
  if (sent === 0) return null;
  return (
    <details open={open > 0} className="overflow-hidden rounded-md border">
      <summary className="flex min-h-9 items-center bg-surface px-3 py-1 text-sm font-medium -outline-offset-2 hover:bg-hover">
        {describeProposals({ ...proposals, rows: [] })}
      </summary>
      <ul aria-label="Changes that the model sent" className="border-t">
        {rows.map(({ proposalId, name, path, outcome, reason }) => {
          const { icon: Icon, className, word } = styles[outcome];
          return (
            <li key={proposalId} className="flex min-h-8 gap-2 border-b px-3 py-1 text-sm last:border-b-0">
              <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", className)} />
              <div className="min-w-0 flex-1">
                <span className="sr-only">{word}: </span>
                <span className="font-mono text-xs break-all">
                  {name}
                  {path === null ? "" : ` ${path}`}
                </span>
                {reason !== undefined && <p className="text-xs break-words text-muted">{reason}</p>}
              </div>
            </li>
          );
        })}
        {rows.length < sent && <li className="px-3 py-1 text-sm text-muted">And {sent - rows.length} more.</li>}
      </ul>
    </details>
  );
}
