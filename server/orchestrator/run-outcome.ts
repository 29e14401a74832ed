import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { RunProposals } from "#lib/contracts/runs/proposal.ts";
import type { RepairRound, RunCandidate, RunFailure } from "#lib/contracts/runs/run.ts";
import type { NewGeneration, PendingChecks } from "./ports.ts";

/** Facts of a run that are recorded however it ends. */
export type RunFindings = {
  modeReason: string | null;
  /** The planned steps, one line each; empty if none was planned. */
  plan: string[];
  contextReceipt: ContextReceipt | null;
  usage: ModelUsage;
  repairs: RepairRound[];
  proposals: RunProposals;
};

/** The outcome of a run that may change files. Each is stored in one transaction with the run's last event. */
export type RunOutcome = RunFindings &
  (
    | { status: "succeeded"; generation: NewGeneration; summary: string }
    | { status: "held"; candidate: RunCandidate; reason: string; failure: RunFailure | null }
    | { status: "failed"; failure: RunFailure; candidate: RunCandidate | null }
    | { status: "cancelled"; finishedPaths: FilePath[]; candidate: RunCandidate | null }
  );

/**
 * Not an end: the candidate is valid, but results of the project's checks are missing. Another attempt continues the
 * run when they exist.
 */
export type RunPause = RunFindings & { status: "waits-for-checks"; pending: PendingChecks; candidate: RunCandidate };

/** The outcome of a run that only talks. It has no change set and no candidate, so it cannot become a generation. */
export type TalkOutcome = RunFindings &
  (
    | { status: "answered"; answer: string }
    /** The plan is in the findings. */
    | { status: "planned" }
    | { status: "failed"; failure: RunFailure; candidate: null }
    | { status: "cancelled"; finishedPaths: []; candidate: null }
  );
