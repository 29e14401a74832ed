import type { RunCandidate, RunFailure } from "#lib/contracts/run.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { limits } from "#lib/contracts/limits.ts";
import { noUsage } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { AppErrorCode } from "#lib/errors.ts";
import { RunCancelled } from "./interruptions.ts";
import type { RunDependencies, RunRequest } from "./ports.ts";
import type { RunFindings, RunOutcome } from "./run-outcome.ts";
import { runStage } from "./run-stage.ts";
import { extractSchema } from "./stages/extract-schema.ts";
import { ChangeConversation } from "./stages/generate-changes.ts";
import type { WithChangeSet } from "./stages/generate-changes.ts";
import { loadContext } from "./stages/load-context.ts";
import type { LoadedContext } from "./stages/load-context.ts";
import { mergeChanges } from "./stages/merge-changes.ts";
import type { Candidate } from "./stages/merge-changes.ts";
import { planGeneration } from "./stages/store-generation.ts";
import { validateResult } from "./stages/validate-result.ts";
import type { ValidatedCandidate } from "./stages/validate-result.ts";

/** What a run knows so far, for the record of an end that comes from anywhere. */
type Progress = { loaded: LoadedContext | null; conversation: ChangeConversation | null; candidate: RunCandidate | null };

/**
 * One run from start to end; a creation is an iteration on the empty tree. Every expected failure is an outcome. What is
 * thrown means that this attempt ended and not the run: the worker stops, or the database is away.
 */
export async function runGeneration({ request, dependencies }: { request: RunRequest; dependencies: RunDependencies }): Promise<RunOutcome> {
  const progress: Progress = { loaded: null, conversation: null, candidate: null };
  try {
    const verdict = await reachVerdict({ request, dependencies, progress });
    if (verdict.status === "doubtful") {
      return { status: "needs-review", candidate: toRunCandidate(verdict), reason: verdict.reasons.join(" "), ...collectFindings(progress) };
    }
    const generation = await runStage({ stage: "store-generation", dependencies, work: async () => planGeneration(verdict.candidate) });
    return { status: "succeeded", generation, summary: verdict.candidate.summary, ...collectFindings(progress) };
  } catch (error) {
    const findings = collectFindings(progress);
    if (dependencies.signal.aborted && dependencies.signal.reason instanceof RunCancelled) {
      return { status: "cancelled", finishedPaths: progress.conversation?.finishedPaths ?? [], candidate: progress.candidate, ...findings };
    }
    if (!(error instanceof AppError)) throw error;
    return { status: "failed", failure: describeFailure({ error, request }), candidate: progress.candidate, ...findings };
  }
}

/** A candidate that a person has to decide on. */
export type HeldCandidate = { candidate: Candidate; issues: ValidationIssue[]; reasons: string[] };

/**
 * Makes the candidate of a run in review once more, from the model's remembered answers: it is too large to be kept twice.
 * @throws AppError where the run does not end in review
 */
export async function rebuildHeldCandidate({ request, dependencies }: { request: RunRequest; dependencies: RunDependencies }): Promise<HeldCandidate> {
  const verdict = await reachVerdict({ request, dependencies, progress: { loaded: null, conversation: null, candidate: null } });
  if (verdict.status === "doubtful") return verdict;
  throw new AppError({ code: "RUN_NOT_IN_REVIEW", message: "This run holds nothing for review. Nothing was changed." });
}

/** All stages up to a candidate that can be stored or has to be decided on; problems go back to the model meanwhile. */
async function reachVerdict({ request, dependencies, progress }: { request: RunRequest; dependencies: RunDependencies; progress: Progress }): Promise<Exclude<Verdict, { status: "repairable" }>> {
  const loaded = await runStage({ stage: "load-context", dependencies, work: () => loadContext({ request, dependencies }) });
  progress.loaded = loaded;
  const context = await runStage({ stage: "extract-schema", dependencies, work: () => extractSchema({ loaded, dependencies }) });
  const conversation = new ChangeConversation({ context, dependencies });
  progress.conversation = conversation;
  let proposal = await runStage({ stage: "generate-changes", dependencies, work: () => conversation.propose() });
  for (let round = 1; ; round += 1) {
    const verdict = await judge({ proposal, dependencies, progress });
    if (verdict.status !== "repairable") return verdict;
    if (round > limits.repairRounds) throw verdict.failure;
    const { reasons, report } = verdict;
    proposal = await runStage({ stage: "generate-changes", dependencies, work: () => conversation.repair({ round, reasons, report }) });
  }
}

type Verdict =
  | { status: "valid"; candidate: ValidatedCandidate }
  | ({ status: "doubtful" } & HeldCandidate)
  | { status: "repairable"; reasons: string[]; report: string; failure: AppError };

/** Merges and validates one proposal. */
async function judge({ proposal, dependencies, progress }: { proposal: WithChangeSet; dependencies: RunDependencies; progress: Progress }): Promise<Verdict> {
  const merge = await runStage({ stage: "merge-changes", dependencies, work: () => mergeChanges({ proposal, dependencies }) });
  if (merge.status === "rejected") {
    if (proposal.isTruncated) throw truncated();
    const failure = new AppError({
      code: "EDIT_FAILED",
      message: `${merge.reasons.length === 1 ? "A change" : `${merge.reasons.length} changes`} could not be applied: ${merge.reasons.slice(0, 3).join(" ")} A guess could have damaged your code, so none was made.`,
      details: { reasons: merge.reasons.slice(0, 20) },
    });
    return { status: "repairable", reasons: merge.reasons, report: merge.report, failure };
  }
  const { candidate } = merge;
  progress.candidate = toRunCandidate({ candidate, issues: [] });
  if (candidate.isTruncated) throw truncated();
  if (candidate.merged.changes.length === 0) throw noChanges(proposal);
  const validation = await runStage({ stage: "validate-result", dependencies, work: async () => validateResult({ candidate, dependencies }) });
  if (validation.status === "valid") return validation;
  progress.candidate = toRunCandidate({ candidate, issues: validation.issues });
  if (validation.status === "doubtful") return validation;
  const failure = new AppError({
    code: "VALIDATION_FAILED",
    message: `The result has problems that the model did not mend: ${validation.reasons.slice(0, 3).join(" ")}`,
    details: { reasons: validation.reasons.slice(0, 20) },
  });
  return { status: "repairable", reasons: validation.reasons, report: validation.report, failure };
}

function toRunCandidate({ candidate, issues }: Pick<HeldCandidate, "candidate" | "issues">): RunCandidate {
  return { counts: candidate.merged.counts, changes: candidate.merged.changes, issues, isPartial: candidate.isTruncated };
}

function collectFindings({ loaded, conversation }: Progress): RunFindings {
  return {
    modeReason: loaded?.modeReason ?? null,
    contextReceipt: loaded?.receipt ?? null,
    usage: conversation?.usage ?? noUsage,
  };
}

function noChanges(proposal: WithChangeSet): AppError {
  if (proposal.outOfScope.length > 0) {
    const paths = [...new Set(proposal.outOfScope.map(({ path }) => path))];
    return new AppError({
      code: "SCOPE_VIOLATION",
      message: `The model only proposed changes outside the files that you allowed (${paths.slice(0, 5).join(", ")}), so none was applied. Widen the limit or ask for something inside it.`,
      details: { paths },
    });
  }
  const said = proposal.summary.trim();
  return new AppError({
    code: "NO_CHANGES",
    message: said === "" ? "The model proposed no change. Say more exactly what should be different." : `The model proposed no change. It said: ${said.slice(0, 2_000)}`,
    ...(said === "" ? {} : { details: { said } }),
  });
}

function truncated(): AppError {
  return new AppError({ code: "OUTPUT_TRUNCATED", message: "The model's answer was cut off before it was complete. Ask for less at once, or choose a model with a longer output." });
}

/** Nothing changes by asking again. */
const unrepeatable: ReadonlySet<AppErrorCode> = new Set(["PROVIDER_AUTH", "MODEL_NOT_FOUND", "GENERATION_NOT_FOUND"]);

/** Adds what was kept: the sentence a person most wants to read. */
function describeFailure({ error, request }: { error: AppError; request: RunRequest }): RunFailure {
  const kept = request.parentGenerationId === null ? "No version was made." : "No version was made; the parent is unchanged.";
  return {
    code: error.code,
    message: `${error.message} ${kept}`,
    isRetryable: typeof error.details?.["retryable"] === "boolean" ? error.details["retryable"] : !unrepeatable.has(error.code),
    ...(error.details === undefined ? {} : { details: error.details }),
  };
}
