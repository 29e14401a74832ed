import type { ContextReceipt } from "../runs/context-receipt.ts";
import { attachmentSizesInput, attachmentsInput } from "../runs/attachment.ts";
import { z } from "zod";
import type { GenerationKind } from "./generation-kind.ts";
import { hunkTakes } from "../comparisons/hunk-decision.ts";
import type { FileMode } from "./file-mode.ts";
import {
  filePath,
  generationId,
  modelId,
  projectId,
  runId,
  type ContentHash,
  type FilePath,
  type GenerationId,
  type ObjectId,
  type RunId,
} from "../ids.ts";
import { jsonObject } from "../json-object.ts";
import type { LedgerCounts, LedgerEntry } from "./ledger.ts";
import { limits } from "../limits.ts";
import type { ModelUsage } from "../model.ts";
import { pageInput } from "../page.ts";
import type { ImportRecord } from "../projects/project-import.ts";
import { projectNameText } from "../projects/project.ts";
import { promptText } from "../runs/prompt.ts";
import { requestedMode } from "../runs/run.ts";
import { commentIds } from "../comparisons/review-comment.ts";
import { text } from "../text.ts";
import type { ValidationIssue, ValidationSummary } from "./validation.ts";

/** Free text or a JSON object that the caller wants the model to see with the prompt. */
const requestContext = z.union([
  text.max(limits.promptBytes),
  jsonObject({ name: "context", maxBytes: limits.promptBytes, maxDepth: 32 }),
]);

const idempotencyKey = text.min(1).max(200);

export const generationCreateInput = z.object({
  prompt: promptText,
  projectName: projectNameText.optional(),
  model: modelId.optional(),
  mode: requestedMode.optional(),
  attachments: attachmentsInput.optional(),
  techStack: text.max(200).optional(),
  domain: text.max(200).optional(),
  context: requestContext.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationCreateInput = z.infer<typeof generationCreateInput>;

const scopeInput = z.object({ include: z.array(text.min(1).max(500)).min(1).max(100) });

export const generationIterateInput = z.object({
  parentGenerationId: generationId,
  prompt: promptText,
  model: modelId.optional(),
  mode: requestedMode.optional(),
  scope: scopeInput.optional(),
  /**
   * `always`: the run only plans, and waits for the user to accept the plan (see `run.acceptPlan`). `never`: no plan is
   * made. `auto`: the mode decides.
   */
  plan: z.enum(["auto", "always", "never"]).optional(),
  /** Several answers side by side, each by its own model, instead of `model`. None becomes active automatically. */
  candidates: z
    .array(z.object({ model: modelId, mode: requestedMode.optional() }))
    .min(2, "Candidates are two or more. Choose another model, or ask for one answer.")
    .max(limits.candidates, `At most ${limits.candidates} candidates answer one request. Remove one.`)
    .optional(),
  /** Images and text files sent with the prompt. */
  attachments: attachmentsInput.optional(),
  /** Review comments sent with the prompt. */
  commentIds: commentIds.optional(),
  /**
   * Queues this run. Its parent is the version made by the last run before it: `true` queues behind the run that works
   * on the parent, an id behind that run. If there is nothing to wait for, the run starts at once.
   */
  queue: z.union([z.boolean(), z.object({ afterRunId: runId })]).optional(),
  context: requestContext.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationIterateInput = z.infer<typeof generationIterateInput>;

/** An iteration on a run's version, such as the first prompt after the one that makes a project's first version. */
export const generationIterateBehindInput = generationIterateInput
  .omit({ parentGenerationId: true, candidates: true, commentIds: true, queue: true })
  .extend({ afterRunId: runId });
export type GenerationIterateBehindInput = z.infer<typeof generationIterateBehindInput>;

/** A question about a version. Answering it changes nothing. */
export const generationAskInput = z.object({
  generationId,
  prompt: promptText,
  model: modelId.optional(),
  attachments: attachmentsInput.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationAskInput = z.infer<typeof generationAskInput>;

/** What an iteration would show the model; see `ContextReceipt`. */
export const contextPreviewInput = generationIterateInput
  .pick({ parentGenerationId: true, prompt: true, model: true, scope: true })
  .extend({ attachments: attachmentSizesInput.optional() });
export type ContextPreviewInput = z.infer<typeof contextPreviewInput>;

/**
 * With `query`, returns the versions whose prompt or label contains all of its words, and the one whose number is the
 * query.
 */
export const generationListInput = pageInput.extend({ projectId, query: text.trim().max(200).optional() });
export type GenerationListInput = z.infer<typeof generationListInput>;
export const generationRelativesInput = z.object({ generationId, otherGenerationId: generationId });
export const generationGetInput = z.object({ generationId });
/** The number of files of a version that match globs. */
export const generationCountFilesInput = generationGetInput.extend(scopeInput.shape);
export type GenerationFileCountOutput = { count: number };
export const generationFileInput = z.object({ generationId, path: filePath });
/** Makes a version that descends from the active one active. No new version is made. */
export const generationActivateInput = z.object({ generationId, expectedHeadGenerationId: generationId });
export const generationRollbackInput = z.object({
  projectId,
  toGenerationId: generationId,
  /** The reason, shown in the history with the version that this makes. */
  note: text.trim().max(limits.noteCharacters, `A note has at most ${limits.noteCharacters} characters.`).optional(),
  /** The head that the user saw. If another version is active, the request fails with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
});
export const generationRestoreFilesInput = z.object({
  projectId,
  fromGenerationId: generationId,
  paths: z.array(filePath).min(1).max(limits.projectFiles),
  /** The head that the user saw. If another version is active, the request fails with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
});
/** The decision for lines that both sides changed. */
const hunkDecision = z.union([
  z.object({ take: z.enum(hunkTakes) }),
  z.object({
    text: text.max(limits.textFileBytes),
  }),
]);
export const generationMergePreviewInput = z.object({ projectId, fromGenerationId: generationId });
export const generationMergeInput = generationMergePreviewInput.extend({
  /** The head that the user saw. If another version is active, the request fails with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
  /** Which file to take at a conflict, or the decision for each conflicting hunk. Every conflict needs one. */
  decisions: z
    .array(
      z.union([
        z.object({ path: filePath, take: z.enum(["ours", "theirs"]) }),
        z.object({ path: filePath, hunks: z.array(hunkDecision).min(1).max(limits.textFileBytes) }),
      ]),
    )
    .max(limits.projectFiles)
    .optional(),
});

/** The new note of a version; an empty label removes it. */
export const generationMarkInput = z.object({
  generationId,
  label: text
    .trim()
    .max(limits.labelCharacters, `A label has at most ${limits.labelCharacters} characters.`)
    .nullable(),
  isBookmarked: z.boolean(),
});

export type GenerationOutput = {
  generationId: GenerationId;
  version: number;
  /** The first parent is the one that was merged into. Empty for a creation and an import. */
  parentGenerationIds: GenerationId[];
  kind: GenerationKind;
  author: "user" | "model";
  /** Who wrote the commit of a pushed version; null for a version that was made in Graft. */
  authorName: string | null;
  /**
   * The original commit of a pushed version; null for one made in Graft, whose commit `generation.commitId` computes.
   */
  commitId: ObjectId | null;
  prompt: string | null;
  label: string | null;
  isBookmarked: boolean;
  isHead: boolean;
  counts: LedgerCounts;
  /** Line counts over all changed text files. */
  additions: number;
  deletions: number;
  validation: ValidationSummary;
  createdAt: string;
  runId: RunId | null;
  /** The generation whose files a rollback or restore copied. */
  sourceGenerationId: GenerationId | null;
  model: string | null;
  /** The set of answers that it belongs to; null for a version that answers alone. */
  candidateSetId: string | null;
  /** The cost of its run in US dollars; null if unknown or if no run made the version. */
  costUsd: number | null;
};

/** The versions that one is usually compared with, on either side of a comparison. */
export type GenerationRelativesOutput = {
  active: GenerationOutput | null;
  parents: GenerationOutput[];
  /** Other children of the same parent, newest first. */
  siblings: GenerationOutput[];
  /** The newest common ancestor, which may be one of the two; null if there is none. */
  commonAncestor: GenerationOutput | null;
};

export type GenerationDetailOutput = GenerationOutput & {
  ledger: LedgerEntry[];
  contextReceipt: ContextReceipt | null;
  issues: ValidationIssue[];
  /** What an import skipped and renamed; null for other versions and for imports older than this record. */
  importRecord: ImportRecord | null;
  usage: ModelUsage | null;
};

/** The id of a version's commit, the same in every clone. */
export type GenerationCommitOutput = { commitId: ObjectId };

export type MergeConflictOutput = {
  path: FilePath;
  reason: "both-changed" | "both-added" | "changed-and-deleted" | "same-place";
  /** Null if that side does not have the file. */
  oursMode: FileMode | null;
  theirsMode: FileMode | null;
  /** From our file to theirs; empty if a side is binary. */
  patch: string;
  /** The merged file, with its conflicts; null if a side has no text to merge. */
  parts: MergePartOutput[] | null;
};

/** Either merged lines or a conflict. `decisions` has one hunk per conflict, in this order. */
export type MergePartOutput =
  | { type: "merged"; text: string }
  /** `base` is the ancestor's text; null if the ancestor does not have the file. */
  | { type: "conflict"; ours: string; theirs: string; base: string | null };

/** A preview of merging a branch into the head. */
export type MergePreviewOutput = {
  headGenerationId: GenerationId;
  /** The common ancestor; null if there is none. */
  baseGenerationId: GenerationId | null;
  taken: FilePath[];
  deleted: FilePath[];
  combined: FilePath[];
  conflicts: MergeConflictOutput[];
};

/** How a merge produced a file: taken from the branch, merged from both sides, or decided by the user at a conflict. */
export type MergeOrigin = "taken" | "combined" | "decided";

export type MergeOriginOutput = { path: FilePath; origin: MergeOrigin };

export type GenerationFileListItem = {
  path: FilePath;
  sizeBytes: number;
  contentHash: ContentHash;
  isBinary: boolean;
  /** The encoding of a text that is not UTF-8, for display. */
  encoding?: string;
  mode: FileMode;
};

export type GenerationFileOutput = {
  path: FilePath;
  contentHash: ContentHash;
  sizeBytes: number;
  /** The content of a link is its target. */
  mode: FileMode;
  encoding: "utf8" | "base64";
  content: string;
  /** Decoded text of a file in an encoding other than UTF-8, and the name of the encoding. */
  decoded?: { text: string; encoding: string };
};
