import { z } from "zod";
import { generationId, idOf, projectId, runId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

/** Derived from the project and the check's name, so that a check keeps its history when its command changes. */
const checkId = idOf({ noun: "check", notFound: "CHECK_NOT_FOUND" }).brand<"CheckId">();
export type CheckId = z.infer<typeof checkId>;

const check = z.object({
  checkId,
  /** For example `tests` or `types (frontend)`; unique within a project. */
  name: z.string(),
  /** Run by the shell in the folder of the version. */
  command: z.string(),
  /** The file it was found in, for example `package.json`; `user` if the user entered it. */
  source: z.string(),
  isEnabled: z.boolean(),
});
export type Check = z.infer<typeof check>;

/** `reason` says why checks cannot run on this host, and what to install. */
export const sandboxOutput = z.object({
  isAvailable: z.boolean(),
  reason: z.string().optional(),
  /** The versions of the tools that checks run with. */
  toolchain: z.string().optional(),
});
export type SandboxOutput = z.infer<typeof sandboxOutput>;

/**
 * The effect of a new failure: only mark the version, hold it for a decision, or return the failure to the model first
 * and then hold what still fails.
 */
const newFailureActions = ["mark", "hold", "repair"] as const;
export type NewFailureAction = (typeof newFailureActions)[number];

export const projectChecksOutput = z.object({
  /** The checks of the project. Until the user confirms them, those found in its active version. */
  items: z.array(check),
  /** The user reviewed the commands and allowed them to run. Nothing runs before that. */
  isConfirmed: z.boolean(),
  /** Found in the active version and not yet among the items. */
  found: z.array(check),
  onNewFailure: z.enum(newFailureActions),
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
      error: "Two checks have the same name. Give each a different name.",
    }),
  /** Unchanged by default; `mark` for a project without checks. */
  onNewFailure: z.enum(newFailureActions).optional(),
});

const checkStatuses = ["not-run", "queued", "running", "passed", "failed", "could-not-run", "cancelled"] as const;
export type CheckStatus = (typeof checkStatuses)[number];

const comparisons = ["newly-failing", "still-failing", "fixed", "passing", "unknown"] as const;
export type CheckComparison = (typeof comparisons)[number];

/** A test, or a position reported by a compiler or linter. */
const checkCase = z.object({
  name: z.string(),
  path: z.string().optional(),
  line: z.number().int().optional(),
  message: z.string(),
});
export type CheckCase = z.infer<typeof checkCase>;

const generationCheck = z.object({
  checkId,
  name: z.string(),
  command: z.string(),
  status: z.enum(checkStatuses),
  /** The current activity while it is running. */
  stage: z.string().optional(),
  /** Against the first parent, or the version that was named in its place. */
  againstParent: z.enum(comparisons),
  exitCode: z.number().int().optional(),
  durationMs: z.number().int().optional(),
  cases: z.object({ passed: z.number().int(), failed: z.number().int(), skipped: z.number().int() }).optional(),
  newFailures: z.array(checkCase),
  stillFailing: z.array(checkCase),
  /** Failed in the parent and no longer fail. */
  fixed: z.array(checkCase),
  /** Failed in the parent and did not run here. A removed test does not count as fixed. */
  gone: z.array(checkCase),
  /** Failed and passed on the same files; these never block a version. */
  flaky: z.array(checkCase),
  /** Why it could not run, or which limit stopped it. */
  reason: z.string().optional(),
  /** The versions of the tools used. */
  toolchain: z.string().optional(),
  endedAt: z.string().optional(),
});
export type GenerationCheck = z.infer<typeof generationCheck>;

/**
 * The result of a check on a run's candidate, compared with the run's parent. It is stored on the run, so it lists only
 * the first cases.
 */
export type CandidateCheck = Pick<
  GenerationCheck,
  "checkId" | "name" | "command" | "againstParent" | "newFailures" | "exitCode" | "durationMs" | "reason"
> & {
  status: "passed" | "failed" | "could-not-run" | "cancelled";
  newFailureCount: number;
  /** The names of cases that failed and passed on the same files. */
  flaky: string[];
  /** The check newly fails with an exit code, so it holds the run. */
  isHolding: boolean;
  /** Absent if there is no result. */
  resultId?: string;
};

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
  /** Defaults to all enabled checks. */
  checkIds: z.array(checkId).max(limits.projectChecks).optional(),
});

/** The log of a version's check, or of the check of a run's newest candidate. */
export const checkLogInput = z.union([z.object({ generationId, checkId }), z.object({ runId, checkId })]);
export const checkLogOutput = z.object({
  log: z.string(),
  /** The command is still running: more output may follow. */
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

/** How the checks of a version ended, or those of a run's candidate. */
const checksSummary = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  /** Of the failed ones. */
  newlyFailing: z.number().int(),
  /** Queued or running. */
  running: z.number().int(),
  /** The others were not started yet. Of the started ones, some may have been unable to run. */
  started: z.number().int(),
  total: z.number().int(),
});
export type ChecksSummary = z.infer<typeof checksSummary>;

export const checkVersionsInput = z.object({ projectId, generationIds: z.array(generationId).max(200) });
/** A status mark for a row of the history. */
export const checkVersionsOutput = z.object({
  items: z.array(
    z.object({
      generationId,
      status: z.enum(["green", "red", "running", "unknown"]),
      failedNames: z.array(z.string()),
      newlyFailing: z.number().int(),
      fixed: z.number().int(),
      /** Null if the project has no checks. */
      summary: checksSummary.nullable(),
    }),
  ),
});
export type CheckVersionsOutput = z.infer<typeof checkVersionsOutput>;
