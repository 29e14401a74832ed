import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { RunCandidate } from "#lib/contracts/runs/run.ts";
import { limits } from "#lib/contracts/limits.ts";
import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import { noProposals } from "#lib/contracts/runs/proposal.ts";
import { describeProposals } from "#lib/describe-proposals.ts";
import { AppError } from "#lib/errors.ts";
import type { FailingCheck } from "#server/core/checks/describe-failures.ts";
import { describeFailure } from "./describe-failure.ts";
import { cutOff, describeNotDone, isNotDone, noChanges, notApplied } from "./proposal-failures.ts";
import { holdForDecision, toRunCandidate, type HeldCandidate } from "./held-candidate.ts";
import { RunCancelled } from "./interruptions.ts";
import type { PendingChecks, RunDependencies, RunRequest } from "./ports.ts";
import type { RunFindings, RunOutcome, RunPause } from "./run-outcome.ts";
import { runStage } from "./run-stage.ts";
import { checkCandidate } from "./stages/check-candidate.ts";
import { chooseContext } from "./stages/choose-context.ts";
import { extractSchema } from "./stages/extract-schema.ts";
import { ChangeConversation, type WithChangeSet } from "./stages/generate-changes.ts";
import { loadContext, type LoadedContext } from "./stages/load-context.ts";
import { mergeChanges, type Candidate } from "./stages/merge-changes.ts";
import { planGeneration } from "./stages/plan-generation.ts";
import { withoutSecrets } from "./context/withheld-secrets.ts";
import { validateResult, type ValidatedCandidate } from "./stages/validate-result.ts";

/** The known facts of a run, for the record of its end, whatever ended it. */
type Progress = { loaded: LoadedContext | null; conversation: ChangeConversation | null };

/**
 * Runs one run from start to end; a creation is an iteration on the empty tree. Every expected failure is an outcome.
 * An exception only ends this attempt, not the run: the worker is stopping, or the database is unreachable.
 */
export async function runGeneration({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<RunOutcome | RunPause> {
  const progress: Progress = { loaded: null, conversation: null };
  try {
    const verdict = await reachVerdict({ request, dependencies, progress });
    if (verdict.status === "held") {
      const { failure, held } = verdict;
      return {
        status: "held",
        candidate: toRunCandidate(held),
        reason: held.reasons.join(" "),
        failure: failure === null ? null : describeFailure({ error: failure, request }),
        ...collectFindings(progress),
      };
    }
    const { candidate } = verdict;
    dependencies.signal.throwIfAborted();
    if (verdict.status === "pending") {
      const held = holdForDecision({ candidate, issues: candidate.issues, reasons: [] });
      return {
        status: "waits-for-checks",
        pending: verdict.pending,
        candidate: toRunCandidate(held),
        ...collectFindings(progress),
      };
    }
    return {
      status: "succeeded",
      generation: planGeneration(candidate),
      summary: candidate.summary,
      ...collectFindings(progress),
    };
  } catch (error) {
    const isCancelled = dependencies.signal.aborted && dependencies.signal.reason instanceof RunCancelled;
    if (!isCancelled && !(error instanceof AppError)) throw error;
    const end = { candidate: await describeUnfinished({ progress, dependencies }), ...collectFindings(progress) };
    if (error instanceof AppError && !isCancelled)
      return { status: "failed", failure: describeFailure({ error, request }), ...end };
    return { status: "cancelled", finishedPaths: end.candidate?.changes.map(({ path }) => path) ?? [], ...end };
  }
}

/**
 * Recomputes the candidate of an ended run from the model's stored answers, because it is too large to be stored twice.
 * The dependencies' models must not be called.
 *
 * @throws AppError RUN_HOLDS_NOTHING
 */
export async function rebuildHeldCandidate({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<HeldCandidate> {
  const { verdict, proposal } = await replay({ request, dependencies });
  if (verdict?.status === "held") return verdict.held;
  const held = proposal === null ? null : await holdCandidate({ proposal, dependencies });
  if (held !== null) return held;
  throw new AppError({
    code: "RUN_HOLDS_NOTHING",
    message: "This run finished no change, so there is nothing to take from it. The parent is unchanged. Run it again.",
    details: { runId: request.runId },
  });
}

/**
 * Recomputes what the model of an ended run proposed, like `rebuildHeldCandidate`; null if the model was never called.
 */
export async function rebuildProposal({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<WithChangeSet | null> {
  return (await replay({ request, dependencies })).proposal;
}

/** The run's last candidate, recomputed as in `rebuildHeldCandidate`; null if there is none. */
export async function rebuildCandidate({
  request,
  dependencies,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<Candidate | null> {
  const { verdict } = await replay({ request, dependencies });
  if (verdict === null) return null;
  return verdict.status === "held" ? verdict.held.candidate : verdict.candidate;
}

async function replay({ request, dependencies }: { request: RunRequest; dependencies: RunDependencies }) {
  const progress: Progress = { loaded: null, conversation: null };
  const verdict = await reachVerdict({ request, dependencies, progress }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return null;
  });
  return { verdict, proposal: progress.conversation?.proposal ?? null };
}

/**
 * All stages up to a candidate that can be stored or needs a decision. Problems are returned to the model on the way.
 */
async function reachVerdict({
  request,
  dependencies: given,
  progress,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
  progress: Progress;
}): Promise<Exclude<Verdict, { status: "repairable" }>> {
  const loaded = await runStage({
    stage: "load-context",
    dependencies: given,
    work: () => loadContext({ request, dependencies: given }),
  });
  progress.loaded = loaded;
  const dependencies = withoutSecrets({ dependencies: given, mask: loaded.withheld.mask });
  const context = await runStage({
    stage: "extract-schema",
    dependencies,
    // The selection also depends on what the files declare.
    work: async () => chooseContext({ extracted: await extractSchema({ loaded, dependencies }), dependencies }),
  });
  const conversation = new ChangeConversation({ context, dependencies });
  progress.conversation = conversation;
  let proposal = await runStage({ stage: "generate-changes", dependencies, work: () => conversation.propose() });
  let lastKey: string | null = null;
  for (let round = 1; ; round += 1) {
    const verdict = await judge({ proposal, round, dependencies });
    if (verdict.status !== "pending") conversation.noteChecks(verdict.failing);
    if (verdict.status !== "repairable") return verdict;
    const { reasons, report, key = report, failure, roundCount } = verdict;
    // The same failure twice means that the model does not understand the problem.
    if (round > roundCount || key === lastKey) {
      // If other changes are missing, the applied ones wait for a decision; a result that the validators reject does not.
      const held =
        verdict.held ?? (proposal.proposals.open === 0 ? null : await holdCandidate({ proposal, dependencies }));
      if (held === null) throw failure;
      return { status: "held", failure, held };
    }
    lastKey = key;
    proposal = await runStage({
      stage: "generate-changes",
      dependencies,
      work: () => conversation.repair({ round, reasons, report }),
    });
  }
}

type Verdict =
  | ({ status: "valid"; candidate: ValidatedCandidate } & Checked)
  | ({ status: "held"; failure: AppError | null; held: HeldCandidate } & Checked)
  | { status: "pending"; candidate: ValidatedCandidate; pending: PendingChecks }
  | ({
      status: "repairable";
      reasons: string[];
      report: string;
      /** Identifies the problems if the report's text differs each time. */
      key?: string;
      failure: AppError;
      roundCount: number;
      /** The candidate that waits for a decision if the model does not repair it. */
      held?: HeldCandidate;
    } & Checked);

/** The failing checks of the project; absent if the checks did not run. */
type Checked = { failing?: readonly FailingCheck[] };

/** Merges and validates one proposal, and applies the project's checks. */
async function judge({
  proposal,
  round,
  dependencies,
}: {
  proposal: WithChangeSet;
  round: number;
  dependencies: RunDependencies;
}): Promise<Verdict> {
  if (!proposal.isComplete) {
    const held = await holdCandidate({ proposal, dependencies });
    if (held === null) throw cutOff();
    return { status: "held", failure: cutOff(), held };
  }
  const notDone = proposal.unresolved.filter(isNotDone);
  const unresolved = proposal.unresolved.filter((failure) => !isNotDone(failure));
  const merge = await runStage({
    stage: "merge-changes",
    dependencies,
    work: () => mergeChanges({ proposal: { ...proposal, unresolved }, dependencies }),
  });
  if (merge.status === "rejected") {
    const failure = notApplied({ proposal, reasons: merge.reasons });
    // One more round for the files that the model must finally write whole.
    const roundCount = limits.repairRounds + (proposal.wholeFilePaths.length > 0 ? 1 : 0);
    return { status: "repairable", reasons: merge.reasons, report: merge.report, failure, roundCount };
  }
  const { candidate } = merge;
  if (candidate.merged.changes.length === 0 || proposal.operations.length === 0) throw noChanges(proposal);
  const validation = await runStage({
    stage: "validate-result",
    dependencies,
    work: () => validateResult({ candidate, dependencies }),
  });
  if (validation.status !== "repairable" && notDone.length > 0) {
    const held = holdForDecision({
      candidate: { ...candidate, unresolved: notDone },
      issues: validation.issues,
      reasons: [describeNotDone(notDone), ...validation.reasons],
    });
    return { status: "held", failure: null, held };
  }
  if (validation.status === "valid") return judgeChecks({ candidate: validation.candidate, round, dependencies });
  if (validation.status === "held") return { status: "held", failure: null, held: holdForDecision(validation) };
  const { reasons, report } = validation;
  const failure = new AppError({
    code: "VALIDATION_FAILED",
    message: `The result has problems that the model did not mend: ${reasons.slice(0, 3).join(" ")}`,
    details: { reasons: reasons.slice(0, 20) },
  });
  return { status: "repairable", reasons, report, failure, roundCount: limits.repairRounds };
}

/** Applies the project's own checks to a valid candidate: a new failure is returned to the model, or holds the run. */
async function judgeChecks({
  candidate,
  round,
  dependencies,
}: {
  candidate: ValidatedCandidate;
  round: number;
  dependencies: RunDependencies;
}): Promise<Verdict> {
  const checked = await checkCandidate({ candidate, round, dependencies });
  if (checked.status === "passed") return { status: "valid", candidate, ...(checked.isJudged ? { failing: [] } : {}) };
  if (checked.status === "pending") {
    dependencies.events.append({ type: "stage.started", stage: "run-checks" });
    return { ...checked, candidate };
  }
  const { goesBack, checks, failing, issues, reasons, report, key } = checked;
  const held = holdForDecision({ candidate, issues: [...candidate.issues, ...issues], reasons, checks });
  const failure = new AppError({
    code: "CHECK_FAILED",
    message: `${reasons.slice(0, 3).join(" ")} The result waits for your decision.`,
    details: { reasons: reasons.slice(0, 20) },
  });
  if (!goesBack) return { status: "held", failure, held, failing };
  return { status: "repairable", reasons, report, key, failure, roundCount: limits.repairRounds, held, failing };
}

/** The complete part of an incomplete proposal, merged and checked, for the user. Null if it contains no change. */
async function holdCandidate({
  proposal,
  dependencies,
}: {
  proposal: WithChangeSet;
  dependencies: RunDependencies;
}): Promise<HeldCandidate | null> {
  const mergeAll = (operations: ChangeOperation[]) =>
    mergeChanges({
      proposal: { ...proposal, start: { ...proposal.start, elisions: "keep" }, operations, unresolved: [] },
      dependencies,
    });
  const withElided = await mergeAll([...proposal.operations, ...proposal.elided]);
  // The target of a refused placeholder may have changed since; then the operation is dropped.
  const merge = withElided.status === "rejected" ? await mergeAll(proposal.operations) : withElided;
  if (merge.status === "rejected" || merge.candidate.merged.changes.length === 0) return null;
  const unresolved = proposal.unresolved.filter(({ code }) => code !== "ELISION");
  const candidate = { ...merge.candidate, unresolved };
  const { issues, reasons } = await validateResult({ candidate, dependencies });
  const early = proposal.isComplete
    ? []
    : ["The answer ended before it was complete: what it finished is here, and more was to come."];
  const open =
    unresolved.length === 0
      ? []
      : unresolved.every(isNotDone)
        ? [describeNotDone(unresolved)]
        : [`${describeProposals(proposal.proposals)}.`];
  return holdForDecision({ candidate, issues, reasons: [...early, ...open, ...reasons] });
}

async function describeUnfinished({
  progress,
  dependencies,
}: {
  progress: Progress;
  dependencies: RunDependencies;
}): Promise<RunCandidate | null> {
  if (progress.conversation === null) return null;
  try {
    const held = await holdCandidate({ proposal: progress.conversation.proposal, dependencies });
    return held === null ? null : toRunCandidate(held);
  } catch (error) {
    // The cause of the failure, such as damaged content, may make this fail too, and the run still has to end.
    if (error instanceof AppError) return null;
    throw error;
  }
}

function collectFindings({ loaded, conversation }: Progress): RunFindings {
  return {
    modeReason: loaded?.modeReason ?? null,
    plan: conversation?.plan ?? [],
    contextReceipt: conversation?.receipt ?? null,
    usage: conversation?.usage ?? noUsage,
    repairs: conversation?.repairs ?? [],
    proposals: conversation?.proposal.proposals ?? noProposals,
  };
}
