import { z } from "zod";
import {
  filePath,
  generationId,
  projectId,
  runId,
  type FilePath,
  type GenerationId,
  type ProjectId,
  type RunId,
} from "../ids.ts";
import type { AttachmentOutput } from "./attachment.ts";
import type { LedgerCounts, LedgerEntry } from "../versions/ledger.ts";
import type { ModelUsage } from "../model.ts";
import type { RunProposals } from "./proposal.ts";
import type { CandidateCheck } from "../versions/check.ts";
import type { ValidationIssue } from "../versions/validation.ts";
import type { AppErrorCode } from "../../errors.ts";
import { limits } from "../limits.ts";
import { pageInput } from "../page.ts";
import { promptText } from "./prompt.ts";
import { text } from "../text.ts";
import {
  requestedModes,
  runStatuses,
  type RequestedMode,
  type RunKind,
  type RunStatus,
  type StageName,
} from "./run-state.ts";

export const requestedMode = z.enum(requestedModes);
export type RunMode = "classic" | "enhanced";

export type RunStage = {
  name: StageName;
  status: "pending" | "running" | "done" | "failed";
  startedAt?: string;
  durationMs?: number;
};

export type RunFailure = {
  code: AppErrorCode;
  message: string;
  isRetryable: boolean;
  details?: Record<string, unknown>;
};

/** A change set merged with its parent. It is held on the run and not (yet) a generation. */
export type RunCandidate = {
  counts: LedgerCounts;
  changes: LedgerEntry[];
  issues: ValidationIssue[];
  /** True if the answer ended early or a change failed, so part of the request is missing. */
  isPartial: boolean;
  /** The results of the project's checks, if they ran before storing. */
  checks?: CandidateCheck[];
};

/** One round in which problems were returned to the model, and what the repair cost. */
export type RepairRound = {
  round: number;
  reasons: string[];
  inputTokens: number;
  outputTokens: number;
  /** Absent if the price is unknown. */
  costUsd?: number;
  /** The failures of the project's checks that this round fixed, by name. */
  fixed?: string[];
};

export type RunOutput = {
  runId: RunId;
  projectId: ProjectId;
  kind: RunKind;
  parentGenerationId: GenerationId | null;
  status: RunStatus;
  mode: RequestedMode;
  /** What `auto` chose, and why. */
  modeReason: string | null;
  model: string;
  prompt: string;
  generationId: GenerationId | null;
  /** The number of that generation. */
  version: number | null;
  failure: RunFailure | null;
  /** The answer of an `ask` run, as Markdown. */
  answer: string | null;
  /** The planned steps, one line each. A `plan` run in review waits for the user to accept them. */
  plan: string[];
  stages: RunStage[];
  usage: ModelUsage;
  repairs: RepairRound[];
  /**
   * Counts of the changes that the model sent, by outcome; all zero until the run ends. A run with open ones never
   * succeeds.
   */
  proposals: RunProposals;
  /** The run that this one continues: its finished files are part of this one's result. */
  continuesRunId: RunId | null;
  /** The run that this one was queued behind. If there is no parent, this run is still waiting or was withdrawn. */
  afterRunId: RunId | null;
  /** Set while this run waits for another run's version. If that run has ended, the queue is stopped. */
  waitsFor: { runId: RunId; status: RunStatus } | null;
  /** The run that continued this one and made the version. */
  completedByRunId: RunId | null;
  /** What it finished if it made no version: the user can inspect it, decide on it or continue it. */
  holds: RunCandidate | null;
  createdAt: string;
  endedAt: string | null;
  /** The sequence number of the newest event. Pass it to `run.events` as `lastEventId` to receive only later events. */
  lastEventId: string;
  /** True once the head is no longer the generation's parent: the result becomes a branch tip. */
  isBranch: boolean;
  /**
   * Set if this run is one of several answers to a request. `place` counts from 0; a retry has the place of the retried
   * run.
   */
  candidate: { setId: string; place: number } | null;
  /** Attachments sent with the prompt. */
  attachments: AttachmentOutput[];
};

export const runGetInput = z.object({ runId });
/** The steps of a plan as the user accepts them. The user may change, reorder or remove steps. */
export const runAcceptPlanInput = z.object({
  runId,
  steps: z
    .array(
      text.trim().min(1).max(limits.planStepCharacters, `A step has at most ${limits.planStepCharacters} characters.`),
    )
    .min(1, "A plan needs a step.")
    .max(limits.planSteps, `A plan has at most ${limits.planSteps} steps.`),
});

export const runEditQueuedInput = z.object({ runId, prompt: promptText });
/** All waiting runs of one queue, in the order in which they will start. */
export const runOrderQueueInput = z.object({ runIds: z.array(runId).min(1).max(limits.queuedRuns) });
/** Starts a waiting run on a version. This resumes a stopped queue, or branches beside a running run. */
export const runStartInput = z.object({ runId, parentGenerationId: generationId });

/** With `isActive`, returns only waiting and running runs. */
export const runListInput = pageInput.extend({
  projectId,
  isActive: z.boolean().optional(),
  status: z.enum(runStatuses).optional(),
});
export const runEventsInput = z.object({ runId, lastEventId: text.max(20).nullish() });
/** `hunks` decides on hunks of an accepted file, by their index from 0 in its patch; the others follow `decision`. */
const fileDecision = z.object({
  path: text.min(1).max(4_096),
  decision: z.enum(["accept", "keep-parent", "repair"]),
  hunks: z
    .array(z.object({ index: z.number().int().min(0), decision: z.enum(["accept", "keep-parent"]) }))
    .max(10_000)
    .optional(),
});
export type FileDecision = z.infer<typeof fileDecision>;

export const runCheckDecisionsInput = z.object({ runId, decisions: z.array(fileDecision).max(limits.projectFiles) });

/** With `acceptIssues`, a result with inconsistent parts is saved after the user has seen its findings. */
export const runResolveInput = runCheckDecisionsInput.extend({ acceptIssues: z.boolean().optional() });

/** The effect of the decisions. `problems` are findings that neither the parent nor the whole proposal has. */
export type DecisionsCheck = { counts: LedgerCounts; issues: ValidationIssue[]; problems: ValidationIssue[] };

/** The default decisions. Files with the same `group` belong together. */
export type ProposedDecision = { path: FilePath; decision: "accept" | "keep-parent"; group: FilePath };

/**
 * Continues what a run left unfinished. Decisions are optional: undecided doubtful changes are asked about at the end.
 */
export const runContinueInput = z.object({
  runId,
  decisions: z.array(fileDecision).max(limits.projectFiles).optional(),
});

export const runHeldFileInput = z.object({ runId, path: filePath });

/** A page of the patches of a held result: the first `limit` files after `afterPath`, in review order. */
export const runHeldPatchesInput = z.object({
  runId,
  afterPath: filePath.optional(),
  limit: z.number().int().min(1).max(500),
});

/**
 * One file of a held candidate: the parent's text and the candidate's. A text is null if that side has no file or it is
 * not text.
 */
export type HeldFileOutput = {
  path: FilePath;
  previousPath: FilePath | null;
  before: string | null;
  after: string | null;
  patch: string;
};

/** A change that the model proposed outside the allowed scope. */
export type ProposedChange = {
  index: number;
  path: string;
  type: "write" | "edit" | "delete" | "move";
  /** Why the run did not apply it. */
  reason: string;
  /** What it would change in the run's result; empty if `problem` says why it cannot be applied. */
  patch: string;
  problem: string | null;
};

export const runApplyProposedInput = z.object({ runId, indexes: z.array(z.number().int().min(0)).min(1).max(1_000) });
