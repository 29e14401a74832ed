import { z } from "zod";
import { generationId, idOf, projectId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

/** Made of the project and the check's name, so that a check whose command was changed keeps its history. */
export const checkId = idOf({ noun: "check", notFound: "CHECK_NOT_FOUND" }).brand<"CheckId">();
export type CheckId = z.infer<typeof checkId>;

export const check = z.object({
  checkId,
  /** For example `tests` or `types (frontend)`; one of a project has it. */
  name: z.string(),
  /** Runs by the shell, in the folder of the version. */
  command: z.string(),
  /** Where it was found, for example `package.json`; `user` where a person wrote it. */
  source: z.string(),
  isEnabled: z.boolean(),
});
export type Check = z.infer<typeof check>;

/** Why nothing can run here, and what to install. */
export const sandboxOutput = z.object({ isAvailable: z.boolean(), reason: z.string().optional() });
export type SandboxOutput = z.infer<typeof sandboxOutput>;

export const projectChecksOutput = z.object({
  /** Those of the project; before a person confirmed them, those that were found in its active version. */
  items: z.array(check),
  /** A person has seen the commands and let them run. Nothing runs before. */
  isConfirmed: z.boolean(),
  /** Found in the active version by now, and not among the items. */
  found: z.array(check),
  sandbox: sandboxOutput,
});
export type ProjectChecksOutput = z.infer<typeof projectChecksOutput>;

export const checkListInput = z.object({ projectId });

const checkName = text
  .trim()
  .min(1, "A check needs a name.")
  .max(limits.checkNameCharacters, `A check's name has at most ${limits.checkNameCharacters} characters.`);
const checkCommand = text
  .trim()
  .min(1, "A check needs a command.")
  .max(limits.checkCommandCharacters, `A check's command has at most ${limits.checkCommandCharacters} characters.`);

export const checkConfigureInput = z.object({
  projectId,
  checks: z
    .array(
      z.object({ name: checkName, command: checkCommand, source: text.max(200).optional(), isEnabled: z.boolean() }),
    )
    .max(limits.projectChecks, `A project has at most ${limits.projectChecks} checks.`)
    .refine((checks) => new Set(checks.map(({ name }) => name)).size === checks.length, {
      error: "Two checks have the same name. Give each a name of its own.",
    }),
});

export const checkStatuses = [
  "not-run",
  "queued",
  "running",
  "passed",
  "failed",
  "could-not-run",
  "cancelled",
] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export const comparisons = ["newly-failing", "still-failing", "fixed", "passing", "unknown"] as const;
export type CheckComparison = (typeof comparisons)[number];

/** A test, or a place that a compiler or a linter complains of. */
export const checkCase = z.object({
  name: z.string(),
  path: z.string().optional(),
  line: z.number().int().optional(),
  message: z.string(),
});
export type CheckCase = z.infer<typeof checkCase>;

export const generationCheck = z.object({
  checkId,
  name: z.string(),
  command: z.string(),
  status: z.enum(checkStatuses),
  /** While it is running: what it is about. */
  stage: z.string().optional(),
  /** Against the first parent, or the version that was named in its place. */
  againstParent: z.enum(comparisons),
  exitCode: z.number().int().optional(),
  durationMs: z.number().int().optional(),
  cases: z.object({ passed: z.number().int(), failed: z.number().int(), skipped: z.number().int() }).optional(),
  newFailures: z.array(checkCase),
  stillFailing: z.array(checkCase),
  /** Failed in the parent and do not any more. */
  fixed: z.array(checkCase),
  /** Failed in the parent and were not run here: a test that was removed is not mended. */
  gone: z.array(checkCase),
  /** Failed and passed on the same files; these hold nothing up. */
  flaky: z.array(checkCase),
  /** Why it could not run, or which limit ended it. */
  reason: z.string().optional(),
  /** The versions of the tools that it ran with. */
  toolchain: z.string().optional(),
  endedAt: z.string().optional(),
});
export type GenerationCheck = z.infer<typeof generationCheck>;

export const generationChecksInput = z.object({
  generationId,
  /** Another version of the project to compare with; the first parent by default. */
  againstGenerationId: generationId.optional(),
});
export const generationChecksOutput = z.object({
  items: z.array(generationCheck),
  /** Every check of the project passed on these files. */
  isGreen: z.boolean(),
  isConfirmed: z.boolean(),
});
export type GenerationChecksOutput = z.infer<typeof generationChecksOutput>;

export const checkRunInput = z.object({
  generationId,
  /** All that are enabled by default. */
  checkIds: z.array(checkId).max(limits.projectChecks).optional(),
});

export const checkLogInput = z.object({ generationId, checkId });
export const checkLogOutput = z.object({
  log: z.string(),
  /** The command has not ended: more may come. */
  isRunning: z.boolean(),
});
export type CheckLogOutput = z.infer<typeof checkLogOutput>;

export const checkHistoryInput = z.object({
  projectId,
  checkId,
  /** The name of one case; the whole check by default. */
  case: text.max(2_000).optional(),
  cursor: text.max(64).nullish(),
  limit: z.number().int().min(1).max(limits.pageSizeMax).optional(),
});
export const checkHistoryOutput = z.object({
  items: z.array(
    z.object({
      generationId,
      version: z.number().int(),
      status: z.enum(["passed", "failed", "flaky", "not-run"]),
      againstParent: z.enum(comparisons),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type CheckHistoryOutput = z.infer<typeof checkHistoryOutput>;

export const lastGreenOutput = z.object({
  generationId: generationId.optional(),
  version: z.number().int().optional(),
});
export type LastGreenOutput = z.infer<typeof lastGreenOutput>;

export const checkVersionsInput = z.object({ projectId, generationIds: z.array(generationId).max(200) });
/** One mark for a row of the history. */
export const checkVersionsOutput = z.object({
  items: z.array(
    z.object({
      generationId,
      status: z.enum(["green", "red", "running", "unknown"]),
      failedNames: z.array(z.string()),
      newlyFailing: z.number().int(),
      fixed: z.number().int(),
    }),
  ),
});
export type CheckVersionsOutput = z.infer<typeof checkVersionsOutput>;
