import type { RunCandidate } from "#lib/contracts/runs/run.ts";
import type { CandidateCheck } from "#lib/contracts/versions/check.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Candidate } from "./stages/merge-changes.ts";

type Findings = {
  candidate: Candidate;
  issues: ValidationIssue[];
  /** The reasons why it is not a generation, one sentence each. */
  reasons: string[];
  /** The results of the project's checks, if they ran before storing. */
  checks?: CandidateCheck[];
};

declare const held: unique symbol;

/**
 * A run's result without a generation: its complete changes merged with the parent, for the user to decide on. Only
 * `holdForDecision` creates one, so that an unchecked candidate, or one that could be stored, is never held.
 */
export type HeldCandidate = Readonly<Findings> & { readonly [held]: true };

export function holdForDecision({ candidate, issues, reasons, checks }: Findings): HeldCandidate {
  const findings: Findings = { candidate, issues, reasons, ...(checks === undefined ? {} : { checks }) };
  return findings as unknown as HeldCandidate;
}

/** As stored on the run and shown: without contents, which are recomputed on request. */
export function toRunCandidate({ candidate, issues, checks }: HeldCandidate): RunCandidate {
  return {
    counts: candidate.merged.counts,
    changes: candidate.merged.changes,
    issues,
    isPartial: !candidate.isComplete || candidate.unresolved.length > 0,
    ...(checks === undefined ? {} : { checks }),
  };
}
