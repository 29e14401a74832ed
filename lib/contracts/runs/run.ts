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
import type { ValidationIssue } from "../versions/validation.ts";
import type { AppErrorCode } from "../../errors.ts";
import { limits } from "../limits.ts";
import { pageInput } from "../page.ts";
import { promptText } from "./prompt.ts";
import { text } from "../text.ts";
import { requestedModes, type RequestedMode, type RunKind, type RunStatus, type StageName } from "./run-state.ts";

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

/** A change set merged with its parent, held on the run and not (yet) a generation. */
export type RunCandidate = {
  counts: LedgerCounts;
  changes: LedgerEntry[];
  issues: ValidationIssue[];
  /** True where the answer ended early or a change failed, so that something of what was asked for is missing. */
  isPartial: boolean;
};

/** One time that problems went back to the model, and what mending them took. */
export type RepairRound = { round: number; reasons: string[]; inputTokens: number; outputTokens: number };

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
  /** What a run of kind `ask` answered, as Markdown. */
  answer: string | null;
  /** The planned steps, one line each. A run of kind `plan` in review waits for its user to accept them. */
  plan: string[];
  stages: RunStage[];
  usage: ModelUsage;
  repairs: RepairRound[];
  /** What the model sent and what became of it; all zero until the run ends. A run with open ones never succeeds. */
  proposals: RunProposals;
  /** The run that this one goes on from: its finished files are part of this one's result. */
  continuesRunId: RunId | null;
  /** The run that it was queued behind. Without a parent, it waits still, or was withdrawn. */
  afterRunId: RunId | null;
  /** Set while it waits for what another run makes. Where that one has ended, its queue is stopped. */
  waitsFor: { runId: RunId; status: RunStatus } | null;
  /** The run that went on from this one and made the version. */
  completedByRunId: RunId | null;
  /** What it had finished where it made no version itself: to look at, to decide on, to go on from. */
  holds: RunCandidate | null;
  createdAt: string;
  endedAt: string | null;
  /** The sequence of the newest event; pass it to `run.events` as `lastEventId` to get only what follows. */
  lastEventId: string;
  /** True once the head no longer is the generation's parent: the result stands as a branch tip. */
  isBranch: boolean;
  /** Set where it answers a request beside others; `place` counts from 0. A retry has the place of what it retries. */
  candidate: { setId: string; place: number } | null;
  /** What was sent with the prompt. */
  attachments: AttachmentOutput[];
};

export const runGetInput = z.object({ runId });
/** The steps of a plan as the user accepts them: changed, put into another order or left out as they like. */
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
/** The waiting runs of one queue, all of them, in the order in which they are to start. */
export const runOrderQueueInput = z.object({ runIds: z.array(runId).min(1).max(limits.queuedRuns) });
/** Starts a waiting run on a version: goes on with a stopped queue, or makes a branch beside the run at work. */
export const runStartInput = z.object({ runId, parentGenerationId: generationId });

/** With `isActive`, only those that wait or are at work. */
export const runListInput = pageInput.extend({ projectId, isActive: z.boolean().optional() });
export const runEventsInput = z.object({ runId, lastEventId: text.max(20).nullish() });
/** `hunks` decides on places of an accepted file, counted from 0 as in its patch; the others follow `decision`. */
export const fileDecision = z.object({
  path: text.min(1).max(4_096),
  decision: z.enum(["accept", "keep-parent", "repair"]),
  hunks: z
    .array(z.object({ index: z.number().int().min(0), decision: z.enum(["accept", "keep-parent"]) }))
    .max(10_000)
    .optional(),
});
export type FileDecision = z.infer<typeof fileDecision>;

export const runCheckDecisionsInput = z.object({ runId, decisions: z.array(fileDecision).max(limits.projectFiles) });

/** With `acceptIssues` a result is saved although its parts do not fit together, after its findings were shown. */
export const runResolveInput = runCheckDecisionsInput.extend({ acceptIssues: z.boolean().optional() });

/** What decisions come to. `problems` are the findings that neither the parent nor the whole proposal has. */
export type DecisionsCheck = { counts: LedgerCounts; issues: ValidationIssue[]; problems: ValidationIssue[] };

/** What to decide unless the user decides otherwise. Files with one `group` belong together. */
export type ProposedDecision = { path: FilePath; decision: "accept" | "keep-parent"; group: FilePath };

/**
 * Goes on with what a run left undone. Decisions are optional: what is doubtful and not decided is asked about at the
 * end.
 */
export const runContinueInput = z.object({
  runId,
  decisions: z.array(fileDecision).max(limits.projectFiles).optional(),
});

export const runHeldFileInput = z.object({ runId, path: filePath });

/** A page of the patches of what a run holds: of the first `limit` files behind `afterPath`, in the order of review. */
export const runHeldPatchesInput = z.object({
  runId,
  afterPath: filePath.optional(),
  limit: z.number().int().min(1).max(500),
});

/** One file of a held candidate: the parent's text and the candidate's; null where there is none or it is not text. */
export type HeldFileOutput = {
  path: FilePath;
  previousPath: FilePath | null;
  before: string | null;
  after: string | null;
  patch: string;
};

/** A change that the model proposed outside of what it was allowed to touch. */
export type ProposedChange = {
  index: number;
  path: string;
  type: "write" | "edit" | "delete" | "move";
  /** Why the run did not apply it. */
  reason: string;
  /** What it would change in the run's result; empty where `problem` says why it cannot be applied there. */
  patch: string;
  problem: string | null;
};

export const runApplyProposedInput = z.object({ runId, indexes: z.array(z.number().int().min(0)).min(1).max(1_000) });
