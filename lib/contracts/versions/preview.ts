import { z } from "zod";
import { generationId, idOf, projectId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";
import { previewStatuses, previewSteps } from "./preview-state.ts";

const previewId = idOf({ noun: "preview", notFound: "PREVIEW_NOT_FOUND" }).brand<"PreviewId">();
export type PreviewId = z.infer<typeof previewId>;

export const previewOutput = z.object({
  previewId,
  projectId,
  generationId,
  version: z.number().int(),
  status: z.enum(previewStatuses),
  /** While it is STARTING. */
  step: z.enum(previewSteps).nullable(),
  /** While it is READY: `http://v8-<token>.localhost:<port>/`, which only works on the Graft host. */
  url: z.string().nullable(),
  command: z.string().nullable(),
  /** A sentence: why it FAILED or STOPPED. */
  reason: z.string().nullable(),
  /** The newest output, without secrets. */
  log: z.string(),
  /** Earlier output was dropped. */
  logIsCut: z.boolean(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** When it will be stopped, unless a request arrives before. */
  idleStopsAt: z.string().nullable(),
});
export type PreviewOutput = z.infer<typeof previewOutput>;

export const previewStartInput = z.object({
  generationId,
  /** The user confirms this command for this version and later ones of the project. */
  confirmCommand: text
    .trim()
    .min(1, "A preview needs a command.")
    .max(limits.checkCommandCharacters, `A command has at most ${limits.checkCommandCharacters} characters.`)
    .optional(),
});

/** `details` of PREVIEW_NOT_CONFIRMED. */
export type PreviewNotConfirmedDetails = {
  /** The command detected in the version, to be shown and confirmed; null if the user has to enter one. */
  command: string | null;
  /** The file it was found in, for example `package.json`. */
  source: string | null;
};

export const previewInput = z.object({ previewId });

export const previewListInput = z.object({ projectId });

const previewListItem = previewOutput.omit({ log: true, logIsCut: true });
export type PreviewListItem = z.infer<typeof previewListItem>;

export const previewListOutput = z.object({
  /** Live previews, and the last ended ones; newest first. */
  items: z.array(previewListItem),
  /** Whether this host can run previews. */
  available: z.boolean(),
  /** What is missing, and what to install. */
  unavailableReason: z.string().nullable(),
  /** The command for the active version; null if none was detected or entered. */
  command: z.string().nullable(),
  /** The user has confirmed the command. */
  isConfirmed: z.boolean(),
  /** The number of previews that this host runs; a further one ends the least recently viewed. */
  maximum: z.number().int(),
});
export type PreviewListOutput = z.infer<typeof previewListOutput>;

const screenshotItem = z.object({
  generationId,
  /** In pixels. */
  width: z.number().int(),
  height: z.number().int(),
  takenAt: z.string(),
});
export type ScreenshotItem = z.infer<typeof screenshotItem>;

export const previewScreenshotsOutput = z.object({
  /** Those of the project's versions, newest version first. */
  items: z.array(screenshotItem),
  /** Why this host takes none, and what to do; null if it does. */
  unavailableReason: z.string().nullable(),
});
