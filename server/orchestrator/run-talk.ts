import { noUsage } from "#lib/contracts/runs/no-usage.ts";
import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import { noProposals } from "#lib/contracts/runs/proposal.ts";
import { AppError } from "#lib/errors.ts";
import { describeFailure } from "./describe-failure.ts";
import { RunCancelled } from "./interruptions.ts";
import type { RunDependencies, RunRequest } from "./ports.ts";
import { buildReceipt, buildRequestParts } from "./prompts.ts";
import { RunMeter } from "./run-meter.ts";
import type { RunFindings, TalkOutcome } from "./run-outcome.ts";
import { runStage } from "./run-stage.ts";
import { QuestionConversation } from "./stages/answer-question.ts";
import { chooseContext } from "./stages/choose-context.ts";
import { extractSchema } from "./stages/extract-schema.ts";
import { loadContext } from "./stages/load-context.ts";
import { makePlan } from "./stages/make-plan.ts";
import { withoutSecrets } from "./context/withheld-secrets.ts";

/** The known facts of the run so far, for the record of its end, whatever ended it. */
type Progress = { modeReason: string | null; meter: RunMeter | null; plan: string[]; receipt: ContextReceipt | null };

/**
 * A run that talks about a project without changing it: it answers a question, or makes a plan for the user to accept.
 * It shares the first stages with other runs, and its outcome has no field for a change.
 */
export async function runTalk({
  request,
  dependencies: given,
}: {
  request: RunRequest;
  dependencies: RunDependencies;
}): Promise<TalkOutcome> {
  const progress: Progress = { modeReason: null, meter: null, plan: [], receipt: null };
  try {
    const loaded = await runStage({
      stage: "load-context",
      dependencies: given,
      work: () => loadContext({ request, dependencies: given }),
    });
    progress.modeReason = loaded.modeReason;
    const dependencies = withoutSecrets({ dependencies: given, mask: loaded.withheld.mask });
    const context = await runStage({
      stage: "extract-schema",
      dependencies,
      work: async () => chooseContext({ extracted: await extractSchema({ loaded, dependencies }), dependencies }),
    });
    const meter = new RunMeter(dependencies);
    progress.meter = meter;
    if (request.kind === "plan") {
      const { parts, namedCount } = buildRequestParts({ ...context, plan: null });
      progress.receipt = buildReceipt({ ...context, parts, namedCount });
      const receipt = progress.receipt;
      dependencies.events.append({ type: "context.loaded", parentFileCount: context.parent.size, receipt });
      progress.plan = await runStage({
        stage: "make-plan",
        dependencies,
        work: () => makePlan({ context, dependencies, meter }),
      });
      return { status: "planned", ...collectFindings(progress) };
    }
    const conversation = new QuestionConversation({ context, dependencies, meter });
    const answer = await runStage({
      stage: "answer-question",
      dependencies,
      work: () => conversation.answer().finally(() => (progress.receipt = conversation.receipt)),
    });
    return { status: "answered", answer, ...collectFindings(progress) };
  } catch (error) {
    const isCancelled = given.signal.aborted && given.signal.reason instanceof RunCancelled;
    if (isCancelled) return { status: "cancelled", candidate: null, finishedPaths: [], ...collectFindings(progress) };
    if (!(error instanceof AppError)) throw error;
    return {
      status: "failed",
      failure: describeFailure({ error, request }),
      candidate: null,
      ...collectFindings(progress),
    };
  }
}

function collectFindings({ modeReason, meter, plan, receipt }: Progress): RunFindings {
  return {
    modeReason,
    plan,
    contextReceipt: receipt,
    usage: meter?.usage ?? noUsage,
    repairs: [],
    proposals: noProposals,
  };
}
