import { z } from "zod";
import type { GenerationKind } from "../versions/generation-kind.ts";
import type { GenerationOutput } from "../versions/generation.ts";
import { projectId, type GenerationId, type RunId } from "../ids.ts";
import type { LedgerCounts } from "../versions/ledger.ts";
import { pageInput } from "../page.ts";
import type { AttachmentOutput } from "./attachment.ts";
import type { RunFailure } from "./run.ts";
import type { RunKind, RunStatus } from "./run-state.ts";

/** Newest first; the cursor comes from the page before. `only: "runs"` omits versions. */
export const projectThreadInput = pageInput.extend({ projectId, only: z.literal("runs").optional() });

/** The attachments of a prompt. */
export type ThreadAttachment = Pick<AttachmentOutput, "position" | "name" | "kind" | "sizeBytes">;

/** A version and the run that made it. */
export type ThreadGeneration = Omit<GenerationOutput, "kind"> & {
  kind: "generation";
  generationKind: GenerationKind;
  /** The model's description of its change. */
  summary: string | null;
  attachments: ThreadAttachment[];
  /** How many of the planned steps that name files are done; null if none was planned. */
  plan: { doneCount: number; count: number } | null;
  /** From the prompt to the stored version; null if no run made the version. */
  durationMs: number | null;
};

/** A run without a version (yet): waiting, running, held, failed or cancelled. */
export type ThreadRun = {
  kind: "run";
  runId: RunId;
  runKind: RunKind;
  status: RunStatus;
  prompt: string;
  model: string;
  /** The set of answers that it belongs to; null for a run that answers alone. */
  candidateSetId: string | null;
  parentGenerationId: GenerationId | null;
  /** The number of that version. */
  parentVersion: number | null;
  failure: Pick<RunFailure, "code" | "message"> | null;
  answer: string | null;
  attachments: ThreadAttachment[];
  /** The steps that it planned or received. */
  plan: string[];
  waitsFor: { runId: RunId; status: RunStatus } | null;
  /** What it holds for the user to decide on or continue. */
  counts: LedgerCounts | null;
  costUsd: number | null;
  createdAt: string;
  endedAt: string | null;
};

export type ThreadEntry = ThreadGeneration | ThreadRun;

export type ThreadOutput = {
  items: ThreadEntry[];
  nextCursor: string | null;
  /** Runs of the project that wait for the user's decision, over all pages. */
  waitingCount: number;
};
