import type { ContextReceipt } from "../runs/context-receipt.ts";
import { attachmentsInput } from "../runs/attachment.ts";
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

/** Free text or a JSON object that the caller wants the model to see beside the prompt. */
export const requestContext = z.union([
  text.max(limits.promptBytes),
  jsonObject({ name: "context", maxBytes: limits.promptBytes, maxDepth: 32 }),
]);
export type RequestContext = z.infer<typeof requestContext>;

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

export const scopeInput = z.object({ include: z.array(text.min(1).max(500)).min(1).max(100) });

export const generationIterateInput = z.object({
  parentGenerationId: generationId,
  prompt: promptText,
  model: modelId.optional(),
  mode: requestedMode.optional(),
  scope: scopeInput.optional(),
  /**
   * `always`: the run only plans, and waits for the user to accept the plan, see `run.acceptPlan`. `never`: no plan is
   * made. `auto`: as the mode says.
   */
  plan: z.enum(["auto", "always", "never"]).optional(),
  /** Several answers side by side, each by its own model, in place of `model`; none of them becomes active by itself. */
  candidates: z
    .array(z.object({ model: modelId, mode: requestedMode.optional() }))
    .min(2, "Candidates are two or more. Choose another model, or ask for one answer.")
    .max(limits.candidates, `At most ${limits.candidates} candidates answer one request. Remove one.`)
    .optional(),
  /** Images and text files that go with the prompt. */
  attachments: attachmentsInput.optional(),
  /** Review comments that go with the prompt. */
  commentIds: commentIds.optional(),
  /**
   * Waits for the runs at work and is based on what the last of them makes: `true` behind the run that works on the
   * parent, or else behind the one that is named. Where there is nothing to wait for, the run starts.
   */
  queue: z.union([z.boolean(), z.object({ afterRunId: runId })]).optional(),
  context: requestContext.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationIterateInput = z.infer<typeof generationIterateInput>;

/** A question about a version. Answering it changes nothing. */
export const generationAskInput = z.object({
  generationId,
  prompt: promptText,
  model: modelId.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationAskInput = z.infer<typeof generationAskInput>;

/** What an iteration would show the model; see `ContextReceipt`. */
export const contextPreviewInput = generationIterateInput.pick({
  parentGenerationId: true,
  prompt: true,
  model: true,
  scope: true,
});
export type ContextPreviewInput = z.infer<typeof contextPreviewInput>;

/**
 * With `query`, the versions with all of its words in their prompt or label, and the one that a single word names by
 * its number.
 */
export const generationListInput = pageInput.extend({ projectId, query: text.trim().max(200).optional() });
export const generationRelativesInput = z.object({ generationId, otherGenerationId: generationId });
export const generationGetInput = z.object({ generationId });
/** How many files of a version globs match. */
export const generationCountFilesInput = generationGetInput.extend(scopeInput.shape);
export type GenerationFileCountOutput = { count: number };
export const generationFileInput = z.object({ generationId, path: filePath });
/** Chooses a version that comes from the active one: it becomes active, and no version is made. */
export const generationActivateInput = z.object({ generationId, expectedHeadGenerationId: generationId });
export const generationRollbackInput = z.object({
  projectId,
  toGenerationId: generationId,
  /** Why; it stands in the history with the version that this makes. */
  note: text.trim().max(limits.noteCharacters, `A note has at most ${limits.noteCharacters} characters.`).optional(),
  /** The head that the person saw; a different one is answered with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
});
export const generationRestoreFilesInput = z.object({
  projectId,
  fromGenerationId: generationId,
  paths: z.array(filePath).min(1).max(limits.projectFiles),
  /** The head that the person saw; a different one is answered with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
});
/** What to make of one place where both sides changed the same lines. */
const hunkDecision = z.union([
  z.object({ take: z.enum(hunkTakes) }),
  z.object({
    text: text.max(limits.textFileBytes),
  }),
]);
export const generationMergePreviewInput = z.object({ projectId, fromGenerationId: generationId });
export const generationMergeInput = generationMergePreviewInput.extend({
  /** The head that the person saw; a different one is answered with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
  /** Whose file to take at a conflict, or what to make of each place in it. Every conflict needs one. */
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

/** A person's note on a version, as it is to be from now on; an empty label is none. */
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
  /** First the one that it was merged against. Empty for a creation and an import. */
  parentGenerationIds: GenerationId[];
  kind: GenerationKind;
  author: "user" | "model";
  /** Who wrote the commit of a pushed version; null for a version that was made in Graft. */
  authorName: string | null;
  /** The commit that a pushed version came as; null for one made in Graft, whose commit `generation.commitId` computes. */
  commitId: ObjectId | null;
  prompt: string | null;
  label: string | null;
  isBookmarked: boolean;
  isHead: boolean;
  counts: LedgerCounts;
  /** Lines of text, over all files that it changed. */
  additions: number;
  deletions: number;
  validation: ValidationSummary;
  createdAt: string;
  runId: RunId | null;
  /** The generation whose files a rollback or restore brought back. */
  sourceGenerationId: GenerationId | null;
  model: string | null;
  /** The set that it answers a request in, beside others; null for a version that answers alone. */
  candidateSetId: string | null;
  /** What its run cost in US dollars; null where that is not known, and for a version that no run made. */
  costUsd: number | null;
};

/** The versions that one is usually compared with, seen from it and from the other side of a comparison. */
export type GenerationRelativesOutput = {
  active: GenerationOutput | null;
  parents: GenerationOutput[];
  /** Made from the same parent, the newest first. */
  siblings: GenerationOutput[];
  /** The newest version that both come from, or are; null where there is none. */
  commonAncestor: GenerationOutput | null;
};

export type GenerationDetailOutput = GenerationOutput & {
  ledger: LedgerEntry[];
  contextReceipt: ContextReceipt | null;
  issues: ValidationIssue[];
  /** What an import left out and renamed; null for a version that is no import, and for imports of before it was kept. */
  importRecord: ImportRecord | null;
  usage: ModelUsage | null;
};

/** The id of a version's commit, as every clone has it. */
export type GenerationCommitOutput = { commitId: ObjectId };

export type MergeConflictOutput = {
  path: FilePath;
  reason: "both-changed" | "both-added" | "changed-and-deleted" | "same-place";
  /** Null where that side has no such file. */
  oursMode: FileMode | null;
  theirsMode: FileMode | null;
  /** From our file to theirs; empty where a side is binary. */
  patch: string;
  /** The file as it would stand, with its conflicts in place; null where one side has no text to put together. */
  parts: MergePartOutput[] | null;
};

/** Lines that are settled, or a place to decide on: `decisions` has one hunk for each, in this order. */
export type MergePartOutput =
  | { type: "settled"; text: string }
  /** `base` is what stood there before both; null where the file was not there. */
  | { type: "conflict"; ours: string; theirs: string; base: string | null };

/** What merging a branch into the head would do. */
export type MergePreviewOutput = {
  headGenerationId: GenerationId;
  /** The version that both sides come from; null where they share none. */
  baseGenerationId: GenerationId | null;
  taken: FilePath[];
  deleted: FilePath[];
  combined: FilePath[];
  conflicts: MergeConflictOutput[];
};

/** How a merge came by a file: as the branch has it, put together from both sides, or as a person decided at a conflict. */
export type MergeOrigin = "taken" | "combined" | "decided";

export type MergeOriginOutput = { path: FilePath; origin: MergeOrigin };

export type GenerationFileListItem = {
  path: FilePath;
  sizeBytes: number;
  contentHash: ContentHash;
  isBinary: boolean;
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
  /** The text of a content that is text in another encoding than UTF-8, and what the encoding is called. */
  decoded?: { text: string; encoding: string };
};
