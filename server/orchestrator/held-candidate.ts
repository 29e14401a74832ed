import type { RunCandidate } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Candidate } from "./stages/merge-changes.ts";

type Findings = {
  candidate: Candidate;
  issues: ValidationIssue[];
  /** Why it is no generation, each a sentence. */
  reasons: string[];
};

declare const held: unique symbol;

/**
 * What a run came to without a generation: its complete changes merged with the parent, for a person to decide on. Only
 * `holdForDecision` makes one, so that a candidate that nobody checked, or that could be stored, is none.
 */
export type HeldCandidate = Readonly<Findings> & { readonly [held]: true };

export function holdForDecision({ candidate, issues, reasons }: Findings): HeldCandidate {
  return { candidate, issues, reasons } as unknown as HeldCandidate;
}

/** As it is stored on the run and shown: without contents, which are made again when they are asked for. */
export function toRunCandidate({ candidate, issues }: HeldCandidate): RunCandidate {
  return {
    counts: candidate.merged.counts,
    changes: candidate.merged.changes,
    issues,
    isPartial: !candidate.isComplete || candidate.unresolved.length > 0,
  };
}
