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
import type { CandidateCheck, Check, CheckId, NewFailureAction } from "#lib/contracts/versions/check.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import type { FileIndex } from "#server/core/ranking/file-index.ts";
import type { EarlierChange } from "#server/core/ranking/score-history.ts";
import type { ChangeScope } from "#server/core/merge/scopes/change-scope.ts";
import type { MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";
import type { SkippablePause } from "./skippable-pause.ts";
import type { HeldCandidate } from "./held-candidate.ts";

/** A tool as described to the model. The orchestrator executes it; a provider only transfers calls and results. */
export type ModelTool = { name: string; description: string; input: z.ZodType };

export type ModelToolCall = {
  callId: string;
  name: string;
  /** The arguments as sent, parsed as JSON; absent if they are unreadable. */
  input?: unknown;
  /** The raw arguments, if they are unreadable. */
  rawInput?: string;
  /** Set if the argument JSON was incomplete or had to be repaired. Such a call is never executed. */
  invalidReason?: string;
};

export type ModelToolResult = { callId: string; name: string; text: string; isError: boolean };

export type ModelImage = { name: string; mediaType: string; bytes: Uint8Array };

export type ModelMessage =
  /**
   * Parts are shown in order, with images before the last one. The last part of the first message is the user's prompt,
   * verbatim. The first `sharedPartCount` parts are probably the same in the project's next run.
   */
  | { role: "user"; parts: string[]; images?: ModelImage[]; sharedPartCount?: number }
  /** `replay` is the provider's own record of the turn (reasoning signatures and so on); send it back unchanged. */
  | { role: "assistant"; text: string; toolCalls: ModelToolCall[]; replay?: unknown }
  | { role: "tool"; results: ModelToolResult[] };

/** Streamed parts of a turn. Tool input deltas are raw JSON text. */
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
  /**
   * The highest number of prompt tokens reported by a call of this conversation: the model has read at least that much
   * completely.
   */
  provenInputTokens?: number;
  signal: AbortSignal;
  /** Ends a pause before a retry. */
  skippablePause?: SkippablePause;
  onDelta: (delta: ModelDelta) => void;
};

export type ModelTurn = {
  text: string;
  toolCalls: ModelToolCall[];
  /** `length`: the answer was cut off. Its complete parts may be used, the rest never. */
  finishReason: "stop" | "tool-calls" | "length";
  usage: ModelUsage;
  replay?: unknown;
};

export type ModelDescription = ModelInfo & {
  /** Tokens of prompt and answer together. */
  contextTokens: number;
  maxOutputTokens: number;
};

/** The models. Every model call goes through it. */
export interface ModelGateway {
  list(): Promise<ModelInfo[]>;
  /** @throws AppError MODEL_NOT_FOUND, MODEL_UNAVAILABLE */
  get(modelId: ModelId): Promise<ModelDescription>;
  /**
   * One streamed model call. Resolves only with a usable answer: an empty one, an error part, a closed connection and a
   * refusal throw.
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

/** The data of a new generation. The store checks conservation in the transaction that writes it. */
export type NewGeneration = {
  projectId: ProjectId;
  kind: GenerationKind;
  author: "user" | "model";
  prompt: string | null;
  /** The first parent is the one that was merged into; empty for a creation and an import. */
  parentGenerationIds: GenerationId[];
  sourceGenerationId: GenerationId | null;
  tree: FileTree;
  /** Contents of the tree's files that the parent does not have. */
  newContents: FileContents;
  /** Available parent contents; new versions of these files are stored as differences to them. */
  baseContents: FileContents;
  /** The rows of the ledger that are not `kept`. */
  changes: LedgerEntry[];
  counts: LedgerCounts;
  issues: ValidationIssue[];
  /** What an import skipped and renamed. */
  importRecord?: ImportRecord;
};

/** The orchestrator's access to stored projects. */
export interface GenerationStore {
  /** @throws AppError GENERATION_NOT_FOUND */
  get(generationId: GenerationId): Promise<StoredGeneration>;
  loadTree(generation: StoredGeneration): Promise<FileTree>;
  /** @throws AppError STORED_CONTENT_DAMAGED if bytes do not match their hash */
  loadContents(hashes: Iterable<ContentHash>): Promise<FileContents>;
  /** The prompts and changed files of the ancestors of a generation, by first parents, newest first. */
  listEarlierChanges(options: { generationId: GenerationId; limit: number }): Promise<EarlierChange[]>;
}

/** The ranking indexes of a tree's text files, stored by content. */
export interface FileIndexReader {
  read(source: {
    tree: FileTree;
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<ReadonlyMap<FilePath, FileIndex>>;
}

/** One step of a run. Its result is stored so that a resumed run does not pay for it again; it must be JSON. */
export interface StepMemo {
  remember<Result>(key: string, compute: () => Promise<Result>): Promise<Result>;
  /** Null if there is no such step yet. */
  recall<Result>(key: string): Promise<Result | null>;
}

export interface RunEventLog {
  append(event: RunEvent): void;
  /** Resolves once everything appended so far is stored. */
  flush(): Promise<void>;
}

/** The code schema of a tree, cached by content. */
export interface CodeSchemaReader {
  read(source: {
    tree: FileTree;
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<CodeSchema>;
}

export type SearchedFile = { path: FilePath; contentHash: ContentHash; isBinary: boolean; sizeBytes: number };

/** Finds secrets in known formats in files. */
export interface SecretReader {
  /** By path, without files that have none. Each content is scanned only once. */
  find(search: {
    files: readonly SearchedFile[];
    loadContents: (hashes: Iterable<ContentHash>) => Promise<FileContents>;
  }): Promise<ReadonlyMap<FilePath, readonly SecretFinding[]>>;
}

/** The checks that a run has to wait for, and the root tree hash of its candidate. */
export type PendingChecks = {
  rootTreeHash: ContentHash;
  /** The checks to schedule. The others have a result or are running. */
  wanted: Check[];
  /** The checks to schedule for the parent first, because the parent decides whether a failure is new. */
  wantedOfParent: Check[];
};

export type CheckJudgement =
  /** The project does not hold versions for its checks. */
  | { status: "off" }
  | { status: "pending"; pending: PendingChecks }
  | {
      status: "judged";
      onNewFailure: Exclude<NewFailureAction, "mark">;
      checks: CandidateCheck[];
      /** The end of each failing check's output, with secrets masked. */
      logs: Record<CheckId, string>;
      waitedMs: number;
    };

/** The project's own checks of a candidate. They run in separate jobs; `judge` does not wait for them. */
export interface CandidateChecks {
  judge(candidate: { request: RunRequest; merged: MergedCandidate }): Promise<CheckJudgement>;
}

/** The results of ended runs. */
export interface EndedRuns {
  /** @throws AppError RUN_HOLDS_NOTHING if none of its changes was complete */
  getHeld(runId: RunId): Promise<HeldCandidate>;
}

/** One of several answers to one request: its set, and its place in it. */
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
  /** The user's comments on lines of the parent, to be addressed in this run. */
  reviewComments: ReviewComment[];
  /** Images and texts sent with the prompt. */
  attachments: AttachmentOutput[];
  scope: ChangeScope;
  /** Set if the run is one of several answers: its version never becomes the head automatically. */
  candidate: CandidatePlace | null;
  /** Files whose secrets the user lets models see. */
  shownSecretPaths: readonly string[];
  /** Set if this run continues what another one had, with the user's decisions on it. */
  continues: { runId: RunId; decisions: FileDecision[] } | null;
  /** Set if the user accepted a plan: the run follows these steps and makes no plan of its own. */
  acceptedPlan: { runId: RunId; steps: string[] } | null;
};

/** Everything outside core that one run needs. */
export type RunDependencies = {
  generations: GenerationStore;
  models: ModelGateway;
  codeSchemas: CodeSchemaReader;
  fileIndexes: FileIndexReader;
  sourceParser: SourceParser;
  secrets: SecretReader;
  threads: ThreadPool;
  endedRuns: EndedRuns;
  checks: CandidateChecks;
  steps: StepMemo;
  events: RunEventLog;
  /** The token limit of the run's first request; null for the model's default. */
  contextLimitTokens: number | null;
  /** The spending limit of the run; null for none. */
  limitUsd: number | null;
  /** Aborted when the user cancels or the worker stops. */
  signal: AbortSignal;
};
