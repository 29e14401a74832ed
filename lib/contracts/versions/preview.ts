import { z } from "zod";
import { generationId, idOf, projectId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

export const previewId = idOf({ noun: "preview", notFound: "PREVIEW_NOT_FOUND" }).brand<"PreviewId">();
export type PreviewId = z.infer<typeof previewId>;

/** What a preview goes through before its program answers, in this order; one that a version does not need is left out. */
export const previewSteps = ["files", "packages", "database", "prepare", "start"] as const;
export type PreviewStep = (typeof previewSteps)[number];

export const previewStatuses = ["STARTING", "READY", "STOPPED", "FAILED"] as const;
export type PreviewStatus = (typeof previewStatuses)[number];

/** STOPPED is the end of a program that has answered, or that somebody stopped; FAILED of one that never did. */
export function isLivePreview(status: PreviewStatus): boolean {
  return status === "STARTING" || status === "READY";
}

export const previewOutput = z.object({
  previewId,
  projectId,
  generationId,
  version: z.number().int(),
  status: z.enum(previewStatuses),
  /** While it is STARTING. */
  step: z.enum(previewSteps).nullable(),
  /** While it is READY: `http://v8-<token>.localhost:<port>/`, which answers on this machine alone. */
  url: z.string().nullable(),
  command: z.string().nullable(),
  /** A sentence: why it FAILED or STOPPED. */
  reason: z.string().nullable(),
  /** The newest of what it printed, without secrets. */
  log: z.string(),
  /** There was more before it. */
  logIsCut: z.boolean(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** When it is stopped, unless a request comes before. */
  idleStopsAt: z.string().nullable(),
});
export type PreviewOutput = z.infer<typeof previewOutput>;

export const previewStartInput = z.object({
  generationId,
  /** A person has seen this command and lets it run, here and on the project's versions from now on. */
  confirmCommand: text
    .trim()
    .min(1, "A preview needs a command.")
    .max(limits.checkCommandCharacters, `A command has at most ${limits.checkCommandCharacters} characters.`)
    .optional(),
});

/** `details` of PREVIEW_NOT_CONFIRMED. */
export const previewNotConfirmedDetails = z.object({
  /** What was found in the version, to be shown and confirmed; null where a person has to write one. */
  command: z.string().nullable(),
  /** Where it was found, for example `package.json`. */
  source: z.string().nullable(),
});
export type PreviewNotConfirmedDetails = z.infer<typeof previewNotConfirmedDetails>;

export const previewInput = z.object({ previewId });

export const previewListInput = z.object({ projectId });

export const previewListItem = previewOutput.omit({ log: true, logIsCut: true });
export type PreviewListItem = z.infer<typeof previewListItem>;

export const previewListOutput = z.object({
  /** Those that live, and the last ones that ended; the newest first. */
  items: z.array(previewListItem),
  /** Whether this machine can run any. */
  available: z.boolean(),
  /** What is missing, and what to install. */
  unavailableReason: z.string().nullable(),
  /** What would run for the active version; null where nothing was found and nobody wrote one. */
  command: z.string().nullable(),
  /** A person has seen the command and lets it run. */
  isConfirmed: z.boolean(),
  /** How many run at once on this machine; one more ends the one that was not looked at for longest. */
  maximum: z.number().int(),
});
export type PreviewListOutput = z.infer<typeof previewListOutput>;
