import type { RunCandidate } from "#lib/contracts/run.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
import type { Candidate } from "./stages/merge-changes.ts";

/** What a run came to without a generation: its complete changes merged with the parent, for a person to decide on. */
export type HeldCandidate = {
  candidate: Candidate;
  issues: ValidationIssue[];
  /** Why it is no generation, each a sentence. */
  reasons: string[];
};

/** As it is stored on the run and shown: without contents, which are made again when they are asked for. */
export function toRunCandidate({ candidate, issues }: Pick<HeldCandidate, "candidate" | "issues">): RunCandidate {
  return {
    counts: candidate.merged.counts,
    changes: candidate.merged.changes,
    issues,
    isPartial: !candidate.isComplete || candidate.unresolved.length > 0,
  };
}
