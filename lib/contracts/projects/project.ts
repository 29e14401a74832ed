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
  /** When the user last opened it. */
  openedAt: string;
  /** Pinned projects are listed first in the rail and in the palette. */
  isPinned: boolean;
  /** Globs of files that no run may change. The user's own edits may. */
  lockedPaths: string[];
  /** Files that contain secrets in known formats and that the user allowed models to see. */
  shownSecretPaths: string[];
  /** ISO 8601; null for a project that is not archived. */
  archivedAt: string | null;
  lastRun: { runId: RunId; status: RunStatus; prompt: string } | null;
  /** Runs that wait for the user's decision; null if there are none. */
  waitingRuns: { count: number; newestRunId: RunId } | null;
  /** The known cost of its runs in US dollars; null if no cost is known. */
  costUsd: number | null;
};

export const projectNameText = text
  .trim()
  .min(1, "A project needs a name.")
  .max(limits.projectNameCharacters, `A project name has at most ${limits.projectNameCharacters} characters.`);
/**
 * Without `isArchived`, returns the projects that are not archived. With `query`, returns those whose name or prompts
 * contain all of its words. Without `order`, the last changed project comes first. `opened`: pinned projects come
 * first, then those that the user opened last.
 */
export const projectListInput = pageInput
  .extend({
    isArchived: z.boolean().optional(),
    query: text.trim().max(200).optional(),
    order: z.enum(["changed", "opened"]).optional(),
  })
  .optional();
export const projectGetInput = z.object({ projectId });
export const projectPinInput = z.object({ projectId, isPinned: z.boolean() });
const lockedPaths = z.array(text.trim().min(1).max(500)).max(100);
const shownSecretPaths = z.array(filePath.min(1)).max(1_000);
/** With `expected`, the paths are only replaced if they are those that the user edited. */
export const projectSetLockedPathsInput = z.object({ projectId, lockedPaths, expected: lockedPaths.optional() });
export const projectSetShownSecretPathsInput = z.object({
  projectId,
  shownSecretPaths,
  expected: shownSecretPaths.optional(),
});
export const projectRenameInput = z.object({ projectId, name: projectNameText });
