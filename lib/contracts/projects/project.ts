import { z } from "zod";
import { filePath, projectId, type GenerationId, type ProjectId, type RunId } from "../ids.ts";
import { limits } from "../limits.ts";
import { pageInput } from "../page.ts";
import type { RunStatus } from "../runs/run-state.ts";
import { text } from "../text.ts";

export type ProjectOutput = {
  projectId: ProjectId;
  name: string;
  headGenerationId: GenerationId | null;
  headVersion: number | null;
  generationCount: number;
  updatedAt: string;
  /** Globs of files that no run may change; a person's own edits may. */
  lockedPaths: string[];
  /** Files with secrets of known forms that models may be shown all the same. */
  shownSecretPaths: string[];
  /** ISO 8601; null for a project that is in the list. */
  archivedAt: string | null;
  lastRun: { runId: RunId; status: RunStatus; prompt: string } | null;
  /** Runs that hold a result for the user to decide on; null where none does. */
  waitingRuns: { count: number; newestRunId: RunId } | null;
  /** What its runs cost in US dollars, as far as that is known; null where it is of none. */
  costUsd: number | null;
};

export const projectNameText = text
  .trim()
  .min(1, "A project needs a name.")
  .max(limits.projectNameCharacters, `A project name has at most ${limits.projectNameCharacters} characters.`);
/**
 * Without `isArchived`, the projects that are not archived. With `query`, those with all of its words in their name or
 * a prompt.
 */
export const projectListInput = pageInput
  .extend({ isArchived: z.boolean().optional(), query: text.trim().max(200).optional() })
  .optional();
export const projectGetInput = z.object({ projectId });
export const projectSetLockedPathsInput = z.object({
  projectId,
  lockedPaths: z.array(text.trim().min(1).max(500)).max(100),
});
export const projectSetShownSecretPathsInput = z.object({
  projectId,
  shownSecretPaths: z.array(filePath.min(1)).max(1_000),
});
export const projectRenameInput = z.object({ projectId, name: projectNameText });
