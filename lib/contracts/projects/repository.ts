import { z } from "zod";
import { generationId, projectId } from "../ids.ts";
import { projectNameText } from "./project.ts";
import { text } from "../text.ts";

/** The query of an uploaded bundle, and a part of the body where a repository is fetched. */
export const repositoryChoices = z.object({
  name: projectNameText.optional(),
  /** The branch that the repository is at, or all of them: the others become labelled tips. */
  branches: z.enum(["current", "all"]).default("current"),
  /** Every commit as a version, or the files of the newest one alone. */
  history: z.enum(["all", "latest"]).default("all"),
});
export type RepositoryChoices = z.infer<typeof repositoryChoices>;

export const openRepositoryInput = repositoryChoices.extend({
  /** An https address, or a folder of the machine that Graft runs on. */
  address: text.trim().min(1, "Write the address of a repository.").max(4_096),
});
export type OpenRepositoryInput = z.input<typeof openRepositoryInput>;

export type OpenProgress =
  | { step: "wait" }
  /** `share` is from 0 to 1; null while it is not known. */
  | { step: "receive"; share: number | null }
  | { step: "store"; stored: number; total: number };

export const openRepositoryOutput = z.object({
  projectId,
  /** The active version. */
  generationId,
  versionCount: z.number().int().min(1),
  /** A project of this name had all of it already. Nothing was stored. */
  isKnown: z.boolean(),
  /** Branches and tags that the project has no label for. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** What looks like secrets, over all versions. */
  secretCount: z.number().int().min(0),
});
export type OpenRepositoryOutput = z.infer<typeof openRepositoryOutput>;

/** One line of an answer that is asked for as `application/x-ndjson`: progress, and at the end one of the other two. */
export type OpenRepositoryLine =
  | { progress: OpenProgress }
  | { opened: OpenRepositoryOutput }
  | { error: { code: string; message: string; details?: Record<string, unknown>; requestId: string } };
