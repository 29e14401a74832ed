import { z } from "zod";
import { runId, type GenerationId, type ProjectId, type RunId } from "../ids.ts";
import type { ChecksSummary } from "../versions/check.ts";
import type { LedgerCounts } from "../versions/ledger.ts";
import type { RequestedMode, RunStatus } from "./run-state.ts";
import type { RunFailure } from "./run.ts";

/** Any run of the set. */
export const runCandidatesInput = z.object({ runId });

/** One of several answers to a request. The result is also listed here while it is held for a decision. */
export type CandidateOutput = {
  /** Its index in the set, from 0. */
  place: number;
  runId: RunId;
  model: string;
  mode: RequestedMode;
  status: RunStatus;
  failure: Pick<RunFailure, "code" | "message"> | null;
  generationId: GenerationId | null;
  version: number | null;
  counts: LedgerCounts | null;
  additions: number;
  deletions: number;
  /** Files that it tried to change outside the allowed scope. They were not changed. */
  beyondScopeCount: number;
  /** Findings of the checks, except those about the scope. */
  issueCount: number;
  /** The project's own checks: of its version, or else of what its run holds or waits for. Null if there are none. */
  checks: ChecksSummary | null;
  summary: string | null;
  costUsd: number | null;
  createdAt: string;
  endedAt: string | null;
};

/** Several answers to one request, in the order in which they were requested. */
export type CandidateSetOutput = {
  setId: string;
  projectId: ProjectId;
  prompt: string;
  parentGenerationId: GenerationId;
  parentVersion: number;
  /** The currently active version. */
  headGenerationId: GenerationId | null;
  headVersion: number | null;
  /** The answer that is active or an ancestor of the active version; null if none was chosen. */
  chosenGenerationId: GenerationId | null;
  items: CandidateOutput[];
};
