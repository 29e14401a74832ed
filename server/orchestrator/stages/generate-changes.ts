import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type { RunProposals } from "#lib/contracts/runs/proposal.ts";
import type { RepairRound } from "#lib/contracts/runs/run.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { listFixed, type FailingCheck } from "#server/core/checks/describe-failures.ts";
import type { ModelMessage, ModelTurn, RunDependencies } from "../ports.ts";
import { buildReceipt, buildRequestParts } from "../prompts.ts";
import { readProtocol } from "../protocols.ts";
import { assertTurnAllowed, RunMeter } from "../run-meter.ts";
import { TextAnswerReader } from "../text-answers/text-answer-reader.ts";
import { ToolExecutor } from "../tool-executor.ts";
import { TurnReporter } from "../turn-reporter.ts";
import { Workspace, type ProposedOperation } from "../workspace.ts";
import type { ChosenContext } from "./choose-context.ts";
import { makePlan } from "./make-plan.ts";

/** How many times a model that reached its output limit may continue after its last complete operation. */
const maxContinuations = 3;

export type WithChangeSet = ChosenContext & {
  operations: ChangeOperation[];
  /** Contents that the model has seen in full. */
  seen: ReadonlySet<ContentHash>;
  /** Everything that the model sent, with its outcome. */
  proposals: RunProposals;
  /** Why the open ones were not applied. */
  unresolved: OperationFailure[];
  /** Operations that would write a placeholder over code. */
  elided: ChangeOperation[];
  /** Operations outside the run's scope: shown to the user, never applied by a run. */
  outOfScope: ProposedOperation[];
  /** Files that the model was asked to write whole, because edits of them kept failing. */
  wholeFilePaths: FilePath[];
  /** The model's description of its changes. */
  summary: string;
  /** False if the model never said that it is done, so that changes may be missing. */
  isComplete: boolean;
};

/**
 * The conversation of one run. Each model call is a stored step: a resumed run replays its turns at no cost and
 * continues after them.
 */
export class ChangeConversation {
  readonly #context: ChosenContext;
  readonly #dependencies: RunDependencies;
  readonly #meter: RunMeter;
  readonly #workspace: Workspace;
  readonly #messages: ModelMessage[] = [];
  readonly #repairs: { round: number; reasons: string[]; usageBefore: ModelUsage; fixed?: string[] }[] = [];
  #failing: readonly FailingCheck[] | null = null;
  #turnCount = 0;
  #plan: string[] = [];
  #receipt: ContextReceipt | null = null;
  #provenInputTokens = 0;
  #end: { summary: string; isComplete: boolean } = { summary: "", isComplete: false };

  constructor({ context, dependencies }: { context: ChosenContext; dependencies: RunDependencies }) {
    this.#context = context;
    this.#dependencies = dependencies;
    this.#meter = new RunMeter(dependencies);
    this.#workspace = new Workspace({
      start: context.start,
      generations: dependencies.generations,
      withheld: context.withheld.files.keys(),
    });
  }

  /** What the first request showed the model; null before it was made. */
  get receipt(): ContextReceipt | null {
    return this.#receipt;
  }

  /** The planned steps, one line each. */
  get plan(): string[] {
    return this.#plan;
  }

  get usage(): ModelUsage {
    return this.#meter.usage;
  }

  get repairs(): RepairRound[] {
    return this.#repairs.map(({ round, reasons, usageBefore, fixed }, index) => {
      const after = this.#repairs[index + 1]?.usageBefore ?? this.usage;
      return {
        round,
        reasons,
        inputTokens: after.inputTokens - usageBefore.inputTokens,
        outputTokens: after.outputTokens - usageBefore.outputTokens,
        ...(after.costUsd === undefined ? {} : { costUsd: after.costUsd - (usageBefore.costUsd ?? 0) }),
        ...(fixed === undefined ? {} : { fixed }),
      };
    });
  }

  /** Records the failing checks. Those that failed before the last round and pass now count as fixed by it. */
  noteChecks(failing: readonly FailingCheck[] | undefined): void {
    if (failing === undefined) return;
    const last = this.#repairs.at(-1);
    if (last !== undefined && this.#failing !== null)
      last.fixed = [...(last.fixed ?? []), ...listFixed({ before: this.#failing, after: failing })];
    this.#failing = failing;
  }

  /** The model's proposals so far, including after an interruption: every operation in it is complete. */
  get proposal(): WithChangeSet {
    const { operations, seen, proposals, unresolved, elided, outOfScope, wholeFilePaths } = this.#workspace;
    return {
      ...this.#context,
      operations,
      seen,
      proposals,
      unresolved,
      elided,
      outOfScope,
      wholeFilePaths,
      ...this.#end,
    };
  }

  /** The first proposal. @throws AppError like `ModelGateway.runTurn`; OUTPUT_TRUNCATED; the signal's reason */
  async propose(): Promise<WithChangeSet> {
    if (this.#context.mode === "enhanced") await this.#makePlan();
    const plan = this.#plan.length === 0 ? null : this.#plan.join("\n");
    const { parts, images, namedCount, sharedPartCount } = buildRequestParts({ ...this.#context, plan });
    this.#receipt = buildReceipt({ ...this.#context, parts, namedCount });
    this.#dependencies.events.append({
      type: "context.loaded",
      parentFileCount: this.#context.parent.size,
      receipt: this.#receipt,
    });
    this.#messages.push({ role: "user", parts: parts.map(({ text }) => text), images, sharedPartCount });
    return this.#converse();
  }

  /** An improved proposal, after the problems of the last one were reported to the model. */
  async repair({
    round,
    reasons,
    report,
  }: {
    round: number;
    reasons: string[];
    report: string;
  }): Promise<WithChangeSet> {
    this.#dependencies.events.append({ type: "repair.started", round, reasons });
    this.#repairs.push({ round, reasons, usageBefore: this.usage });
    this.#messages.push({ role: "user", parts: [report] });
    return this.#converse();
  }

  async #makePlan(): Promise<void> {
    const { acceptedPlan } = this.#context.request;
    // The built-in generator plans by its own rules and is not called.
    if (acceptedPlan === null && this.#context.model.provider === "builtin") return;
    this.#plan =
      acceptedPlan?.steps ??
      (await makePlan({ context: this.#context, dependencies: this.#dependencies, meter: this.#meter }));
    if (acceptedPlan !== null) this.#dependencies.events.append({ type: "plan", items: this.#plan });
  }

  async #converse(): Promise<WithChangeSet> {
    const { model } = this.#context;
    const reader = model.supportsTools
      ? new ToolExecutor({ workspace: this.#workspace, events: this.#dependencies.events })
      : new TextAnswerReader({ workspace: this.#workspace, events: this.#dependencies.events });
    let continuations = 0;
    this.#end = { summary: "", isComplete: false };
    for (;;) {
      const turn = await this.#runTurn();
      this.#workspace.beginTurn();
      const answer = await reader.read(turn);
      this.#messages.push({ role: "assistant", text: turn.text, toolCalls: turn.toolCalls, replay: turn.replay });
      if (answer.state === "finished") {
        // A repair continues after this turn, in which every call needs a result.
        this.#messages.push(...answer.reply);
        this.#end = { summary: answer.summary, isComplete: true };
        return this.proposal;
      }
      if (answer.state === "incomplete") {
        continuations += 1;
        if (continuations > maxContinuations) return this.proposal;
      }
      this.#messages.push(...answer.reply);
    }
  }

  async #runTurn(): Promise<ModelTurn> {
    const { model, request } = this.#context;
    const { events, signal } = this.#dependencies;
    this.#turnCount += 1;
    const turn = this.#turnCount;
    assertTurnAllowed({ turn, maximum: limits.modelTurns });
    signal.throwIfAborted();
    events.append({ type: "turn.started", turn });
    const reporter = new TurnReporter(events);
    const result = await this.#meter.call({
      key: `turn-${turn}`,
      modelId: request.modelId,
      ...readProtocol({ kind: "generate", model }),
      messages: this.#messages,
      provenInputTokens: this.#provenInputTokens,
      onDelta: (delta) => reporter.report(delta),
    });
    this.#provenInputTokens = Math.max(this.#provenInputTokens, result.usage.inputTokens);
    return result;
  }
}
