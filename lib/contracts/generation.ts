import { z } from "zod";
import type { GenerationKind } from "./generation-kind.ts";
import { filePath, generationId, modelId, projectId } from "./ids.ts";
import type { ContentHash, FilePath, GenerationId, RunId } from "./ids.ts";
import type { LedgerCounts, LedgerEntry } from "./ledger.ts";
import { limits } from "./limits.ts";
import type { ModelUsage } from "./model.ts";
import { pageInput } from "./page.ts";
import { projectNameText } from "./project.ts";
import { requestedMode } from "./run.ts";
import { commentIds } from "./review-comment.ts";
import type { ContextReceipt } from "./run.ts";
import type { ValidationIssue, ValidationSummary } from "./validation.ts";

export const promptText = z
  .string()
  .trim()
  .min(1, "Write what should be made or changed.")
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "The prompt holds characters that are not text.")
  .refine((text) => new TextEncoder().encode(text).length <= limits.promptBytes, {
    message: `A prompt has at most ${limits.promptBytes} bytes (100 kB). Put longer material into a file of the project.`,
    params: { limit: "promptBytes" },
  });

/** Free text or a JSON object that the caller wants the model to see beside the prompt. */
export const requestContext = z.union([z.string().max(limits.promptBytes), z.record(z.string(), z.unknown())]);
export type RequestContext = z.infer<typeof requestContext>;

const idempotencyKey = z.string().min(1).max(200);

export const generationCreateInput = z.object({
  prompt: promptText,
  projectName: projectNameText.optional(),
  model: modelId.optional(),
  mode: requestedMode.optional(),
  techStack: z.string().max(200).optional(),
  domain: z.string().max(200).optional(),
  context: requestContext.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationCreateInput = z.infer<typeof generationCreateInput>;

export const scopeInput = z.object({ include: z.array(z.string().min(1).max(500)).min(1).max(100) });

export const generationIterateInput = z.object({
  parentGenerationId: generationId,
  prompt: promptText,
  model: modelId.optional(),
  mode: requestedMode.optional(),
  scope: scopeInput.optional(),
  /** Review comments that go with the prompt. */
  commentIds: commentIds.optional(),
  context: requestContext.optional(),
  idempotencyKey: idempotencyKey.optional(),
});
export type GenerationIterateInput = z.infer<typeof generationIterateInput>;

export const generationListInput = pageInput.extend({ projectId });
export const generationGetInput = z.object({ generationId });
export const generationFileInput = z.object({ generationId, path: filePath });
export const generationRollbackInput = z.object({
  projectId,
  toGenerationId: generationId,
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
export const generationMergePreviewInput = z.object({ projectId, fromGenerationId: generationId });
export const generationMergeInput = generationMergePreviewInput.extend({
  /** The head that the person saw; a different one is answered with HEAD_MOVED. */
  expectedHeadGenerationId: generationId.optional(),
  /** Whose file to take at a conflict. Every conflict needs one. */
  decisions: z.array(z.object({ path: filePath, take: z.enum(["ours", "theirs"]) })).max(limits.projectFiles).optional(),
});

/** A person's note on a version, as it is to be from now on; an empty label is none. */
export const generationMarkInput = z.object({
  generationId,
  label: z.string().trim().max(limits.labelCharacters, `A label has at most ${limits.labelCharacters} characters.`).nullable(),
  isBookmarked: z.boolean(),
});

export type GenerationOutput = {
  generationId: GenerationId;
  version: number;
  /** First the one that it was merged against. Empty for a creation and an import. */
  parentGenerationIds: GenerationId[];
  kind: GenerationKind;
  author: "user" | "model";
  prompt: string | null;
  label: string | null;
  isBookmarked: boolean;
  isHead: boolean;
  counts: LedgerCounts;
  validation: ValidationSummary;
  createdAt: string;
  runId: RunId | null;
  /** The generation whose files a rollback or restore brought back. */
  sourceGenerationId: GenerationId | null;
  model: string | null;
};

export type GenerationDetailOutput = GenerationOutput & {
  ledger: LedgerEntry[];
  contextReceipt: ContextReceipt | null;
  issues: ValidationIssue[];
  usage: ModelUsage | null;
};

export type MergeConflictOutput = {
  path: FilePath;
  reason: "both-changed" | "both-added" | "changed-and-deleted" | "same-place";
  /** From our file to theirs; empty where a side is binary. */
  patch: string;
};

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

export type GenerationFileListItem = { path: FilePath; sizeBytes: number; contentHash: ContentHash; isBinary: boolean };

export type GenerationFileOutput = {
  path: FilePath;
  contentHash: ContentHash;
  sizeBytes: number;
  encoding: "utf8" | "base64";
  content: string;
};
