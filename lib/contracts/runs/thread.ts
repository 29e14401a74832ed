import { z } from "zod";
import type { GenerationKind } from "../versions/generation-kind.ts";
import type { GenerationOutput } from "../versions/generation.ts";
import { projectId, type GenerationId, type RunId } from "../ids.ts";
import type { LedgerCounts } from "../versions/ledger.ts";
import { pageInput } from "../page.ts";
import type { RunFailure } from "./run.ts";
import type { RunKind, RunStatus } from "./run-state.ts";

/** Newest first; the cursor is that of the page before. `only: "runs"` leaves the versions out. */
export const projectThreadInput = pageInput.extend({ projectId, only: z.literal("runs").optional() });

/** A version, with what led to it. */
export type ThreadGeneration = Omit<GenerationOutput, "kind"> & {
  kind: "generation";
  generationKind: GenerationKind;
  /** What the model said that it changed. */
  summary: string | null;
  /** Of the planned steps that name files, how many are done; null where none was planned. */
  plan: { doneCount: number; count: number } | null;
  /** From the prompt to the stored version; null for a version that no run made. */
  durationMs: number | null;
};

/** A run that has no version (yet): it waits, works, is held, failed or was cancelled. */
export type ThreadRun = {
  kind: "run";
  runId: RunId;
  runKind: RunKind;
  status: RunStatus;
  prompt: string;
  model: string;
  /** The set that it answers a request in, beside others; null for a run that answers alone. */
  candidateSetId: string | null;
  parentGenerationId: GenerationId | null;
  /** The number of that version. */
  parentVersion: number | null;
  failure: Pick<RunFailure, "code" | "message"> | null;
  answer: string | null;
  /** The steps that it planned, or was given. */
  plan: string[];
  waitsFor: { runId: RunId; status: RunStatus } | null;
  /** What it holds to decide on or to go on from. */
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
