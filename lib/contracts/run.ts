import { z } from "zod";
import { runId } from "./ids.ts";
import type { ContentHash, FilePath, GenerationId, ProjectId, RunId } from "./ids.ts";
import type { LedgerCounts, LedgerEntry } from "./ledger.ts";
import type { ModelUsage } from "./model.ts";
import type { ValidationIssue } from "./validation.ts";
import type { AppErrorCode } from "../errors.ts";
import { pageInput } from "./page.ts";
import { projectId } from "./ids.ts";
import { requestedModes } from "./run-state.ts";
import type { RequestedMode, RunStatus, StageName } from "./run-state.ts";

export const requestedMode = z.enum(requestedModes);
export type RunMode = "classic" | "enhanced";

export type RunStage = { name: StageName; status: "pending" | "running" | "done" | "failed"; startedAt?: string; durationMs?: number };

export type RunFailure = { code: AppErrorCode; message: string; isRetryable: boolean; details?: Record<string, unknown> };

/** How the model saw one parent file. */
export type ContextVisibility = "full" | "outline" | "name";

/** What the model was shown, and how much it took. Tokens are estimates at 4 bytes a token. */
export type ContextReceipt = {
  budgetTokens: number;
  usedTokens: number;
  files: { path: FilePath; contentHash: ContentHash; visibility: ContextVisibility; tokens: number; reason: string }[];
};

/** A change set merged with its parent, held on the run and not (yet) a generation. */
export type RunCandidate = {
  counts: LedgerCounts;
  changes: LedgerEntry[];
  issues: ValidationIssue[];
  /** True when the model's answer was cut off, so that files may be missing. */
  isPartial: boolean;
};

export type RunOutput = {
  runId: RunId;
  projectId: ProjectId;
  parentGenerationId: GenerationId | null;
  status: RunStatus;
  mode: RequestedMode;
  /** What `auto` chose, and why. */
  modeReason: string | null;
  model: string;
  prompt: string;
  generationId: GenerationId | null;
  failure: RunFailure | null;
  stages: RunStage[];
  usage: ModelUsage;
  createdAt: string;
  endedAt: string | null;
  /** The sequence of the newest event; pass it to `run.events` as `lastEventId` to get only what follows. */
  lastEventId: string;
  /** True once the head no longer is the generation's parent: the result stands as a branch tip. */
  isBranch: boolean;
};

export const runGetInput = z.object({ runId });
export const runListInput = pageInput.extend({ projectId });
export const runEventsInput = z.object({ runId, lastEventId: z.string().max(20).nullish() });
export const runResolveInput = z.object({
  runId,
  decisions: z
    .array(z.object({ path: z.string().min(1), decision: z.enum(["accept", "keep-parent", "repair"]) }))
    .min(1)
    .max(5_000),
});
