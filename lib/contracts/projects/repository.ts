import { z } from "zod";
import { generationId, projectId } from "../ids.ts";
import { projectNameText } from "./project.ts";
import { text } from "../text.ts";

/** The query string of a bundle upload, and part of the request body when a repository is fetched. */
export const repositoryChoices = z.object({
  name: projectNameText.optional(),
  /** Only the checked-out branch, or all branches: the others become labelled tips. */
  branches: z.enum(["current", "all"]).default("current"),
  /** Every commit as a version, or only the files of the newest commit. */
  history: z.enum(["all", "latest"]).default("all"),
});
export type RepositoryChoices = z.infer<typeof repositoryChoices>;

export const openRepositoryInput = repositoryChoices.extend({
  /** An https address, or a folder on the Graft host. */
  address: text.trim().min(1, "Write the address of a repository.").max(4_096),
});
export type OpenRepositoryInput = z.input<typeof openRepositoryInput>;

export type OpenProgress =
  | { step: "wait" }
  /** `share` is between 0 and 1; null while unknown. */
  | { step: "receive"; share: number | null }
  | { step: "store"; stored: number; total: number };

const openRepositoryOutput = z.object({
  projectId,
  /** The active version. */
  generationId,
  versionCount: z.number().int().min(1),
  /** A project of this name already had everything. Nothing was stored. */
  isKnown: z.boolean(),
  /** Branches and tags for which the project has no label. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Possible secrets, over all versions. */
  secretCount: z.number().int().min(0),
});
export type OpenRepositoryOutput = z.infer<typeof openRepositoryOutput>;

/** One line of a response requested as `application/x-ndjson`: progress lines, then a result or an error. */
export type OpenRepositoryLine =
  | { progress: OpenProgress }
  | { opened: OpenRepositoryOutput }
  | { error: { code: string; message: string; details?: Record<string, unknown>; requestId: string } };
