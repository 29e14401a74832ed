import type { z } from "zod";
import type { AttachmentOutput } from "#lib/contracts/runs/attachment.ts";
import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { ContentHash, FilePath, GenerationId, ModelId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { ImportRecord } from "#lib/contracts/projects/project-import.ts";
import type { LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { ModelInfo, ModelUsage } from "#lib/contracts/model.ts";
import type { RunKind } from "#lib/contracts/runs/run-state.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import type { FileDecision } from "#lib/contracts/runs/run.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import type { FileIndex } from "#server/core/ranking/file-index.ts";
import type { EarlierChange } from "#server/core/ranking/score-history.ts";
import type { ChangeScope } from "#server/core/merge/change-scope.ts";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";
import type { SkippablePause } from "./skippable-pause.ts";
import type { HeldCandidate } from "./held-candidate.ts";

/** A tool as the model is told of it. The orchestrator executes it; a provider only carries calls and results. */
export type ModelTool = { name: string; description: string; input: z.ZodType };

export type ModelToolCall = {
  callId: string;
  name: string;
  /** The arguments as the model sent them, parsed as JSON; absent where they could not be read. */
  input?: unknown;
  /** The arguments as they were sent, where they could not be read. */
  rawInput?: string;
  /** Set where the argument JSON was incomplete or had to be repaired. Never executed. */
  invalidReason?: string;
};

export type ModelToolResult = { callId: string; name: string; text: string; isError: boolean };

export type ModelImage = { name: string; mediaType: string; bytes: Uint8Array };

export type ModelMessage =
  /**
   * Parts are shown in order, images before the last of them. The last part of the first message is the person's
   * prompt, verbatim. So many parts from the first on as `sharedPartCount` says are likely those of the project's next
   * run, too.
   */
  | { role: "user"; parts: string[]; images?: ModelImage[]; sharedPartCount?: number }
  /** `replay` is the provider's own record of the turn (reasoning signatures and so on); pass it back unchanged. */
  | { role: "assistant"; text: string; toolCalls: ModelToolCall[]; replay?: unknown }
  | { role: "tool"; results: ModelToolResult[] };

/** What arrives while a turn streams. Tool input deltas are raw JSON text. */
export type ModelDelta =
  | { type: "text"; delta: string }
  | { type: "reasoning"; delta: string }
  | { type: "tool-input-start"; callId: string; name: string }
  | { type: "tool-input-delta"; callId: string; delta: string }
  | { type: "tool-input-end"; callId: string }
  | { type: "retrying"; code: string; message: string; afterMs: number };

export type ModelTurnRequest = {
  modelId: ModelId;
  system: string;
  messages: ModelMessage[];
  /** Empty: the text protocol. */
  tools: ModelTool[];
  /** The most prompt tokens that a call of this conversation reported: so much the model has read whole. */
  provenInputTokens?: number;
  signal: AbortSignal;
  /** Ends a pause before another try. */
  skippablePause?: SkippablePause;
  onDelta: (delta: ModelDelta) => void;
};

export type ModelTurn = {
  text: string;
  toolCalls: ModelToolCall[];
  /** `length` is a cut-off answer: what is complete in it may be used, never the rest. */
  finishReason: "stop" | "tool-calls" | "length";
  usage: ModelUsage;
  replay?: unknown;
};

export type ModelDescription = ModelInfo & {
  /** Tokens of prompt and answer together. */
  contextTokens: number;
  maxOutputTokens: number;
};

/** The models. The only way to one. */
export interface ModelGateway {
  list(): Promise<ModelInfo[]>;
  /** @throws AppError MODEL_NOT_FOUND, MODEL_UNAVAILABLE */
  get(modelId: ModelId): Promise<ModelDescription>;
  /**
   * One model call, streamed. Resolves only with a usable answer: an empty one, an error part, a cut socket, a refusal
   * all throw.
   *
   * @throws AppError MODEL_UNAVAILABLE, MODEL_REFUSED, MODEL_OUTPUT_INVALID, PROVIDER_AUTH, RATE_LIMITED,
   *   CONTEXT_TOO_LONG, OUTPUT_TRUNCATED; the signal's reason when aborted
   */
  runTurn(request: ModelTurnRequest): Promise<ModelTurn>;
}

export type StoredGeneration = {
  generationId: GenerationId;
  projectId: ProjectId;
  version: number;
  rootTreeHash: ContentHash;
};

/** What a stored generation needs; the store checks conservation in the transaction that writes it. */
export type NewGeneration = {
  projectId: ProjectId;
  kind: GenerationKind;
  author: "user" | "model";
  prompt: string | null;
  /** First the one that it was merged against; none for a creation and an import. */
  parentGenerationIds: GenerationId[];
  sourceGenerationId: GenerationId | null;
  tree: FileTree;
  /** Contents of the tree's files that the parent does not have. */
  newContents: FileContents;
  /** Parent contents that are at hand; new versions of these files are stored as differences to them. */
  baseContents: FileContents;
  /** The rows of the ledger that are not `kept`. */
  changes: LedgerEntry[];
  counts: LedgerCounts;
  issues: ValidationIssue[];
  /** What an import left out and renamed. */
  importRecord?: ImportRecord;
};

/** Stored projects, as the orchestrator needs them. */
export interface GenerationStore {
  /** @throws AppError GENERATION_NOT_FOUND */
  get(generationId: GenerationId): Promise<StoredGeneration>;
  loadTree(generation: StoredGeneration): Promise<FileTree>;
  /** @throws AppError STORED_CONTENT_DAMAGED where bytes do not match their hash */
  loadContents(hashes: Iterable<ContentHash>): Promise<FileContents>;
  /** What was asked for and changed on the way to a generation, by first parents, newest first. */
  listEarlierChanges(options: { generationId: GenerationId; limit: number }): Promise<EarlierChange[]>;
}

/** What ranking needs of a tree's text files, kept by content since both are immutable. */
export interface FileIndexReader {
  read(source: {
    tree: FileTree;
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<ReadonlyMap<FilePath, FileIndex>>;
}

/** One step of a run, remembered so that a resumed run does not pay for it again. The result must be JSON. */
export interface StepMemo {
  remember<Result>(key: string, compute: () => Promise<Result>): Promise<Result>;
}

export interface RunEventLog {
  append(event: RunEvent): void;
  /** Resolves once everything appended so far is stored. */
  flush(): Promise<void>;
}

/** The code schema of a tree, cached by content since both are immutable. */
export interface CodeSchemaReader {
  read(source: {
    tree: FileTree;
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<CodeSchema>;
}

export type SearchedFile = { path: FilePath; contentHash: ContentHash; isBinary: boolean; sizeBytes: number };

/** Finds secrets of known forms in files. */
export interface SecretReader {
  /** By path; files without one are left out. Each content is searched once ever. */
  find(search: {
    files: readonly SearchedFile[];
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<ReadonlyMap<FilePath, readonly SecretFinding[]>>;
}

/** What ended runs had come to. */
export interface EndedRuns {
  /** @throws AppError RUN_HOLDS_NOTHING where no change of it was complete */
  getHeld(runId: RunId): Promise<HeldCandidate>;
}

/** One of several answers to one request: its set, and which of them it is. */
export type CandidatePlace = { setId: string; place: number };

export type RunRequest = {
  runId: RunId;
  kind: RunKind;
  projectId: ProjectId;
  parentGenerationId: GenerationId | null;
  prompt: string;
  modelId: ModelId;
  mode: "auto" | "classic" | "enhanced";
  techStack: string | null;
  domain: string | null;
  context: unknown;
  /** Notes of the person on lines of the parent, to be dealt with in this run. */
  reviewComments: ReviewComment[];
  /** Images and texts that the user sent with the prompt. */
  attachments: AttachmentOutput[];
  scope: ChangeScope;
  /** Set where the run answers beside others: its version never becomes the head by itself. */
  candidate: CandidatePlace | null;
  /** Files whose secrets the user lets models see. */
  shownSecretPaths: readonly string[];
  /** Set where this run goes on from what another one had, with a person's decisions on it. */
  continues: { runId: RunId; decisions: FileDecision[] } | null;
  /** Set where a person accepted a plan: the run follows these steps and makes no plan of its own. */
  acceptedPlan: { runId: RunId; steps: string[] } | null;
};

/** What a run needs from outside, for one run. */
export type RunDependencies = {
  generations: GenerationStore;
  models: ModelGateway;
  codeSchemas: CodeSchemaReader;
  fileIndexes: FileIndexReader;
  sourceParser: SourceParser;
  secrets: SecretReader;
  threads: ThreadPool;
  endedRuns: EndedRuns;
  steps: StepMemo;
  events: RunEventLog;
  /** What the first request of the run may take, in tokens; null for what follows from the model. */
  contextLimitTokens: number | null;
  /** What the run may cost; null for no limit. */
  limitUsd: number | null;
  /** Aborted when the person cancels or the worker stops. */
  signal: AbortSignal;
};
