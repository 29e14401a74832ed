import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { noUsage } from "#lib/contracts/model.ts";
import type { ModelUsage } from "#lib/contracts/model.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import { addUsage } from "../add-usage.ts";
import { modelTools } from "../model-tools.ts";
import type { ModelMessage, ModelTurn, RunDependencies } from "../ports.ts";
import { buildRequestParts, buildSystemPrompt } from "../prompts.ts";
import { TextAnswerReader } from "../text-answer-reader.ts";
import { ToolExecutor } from "../tool-executor.ts";
import { TurnReporter } from "../turn-reporter.ts";
import { Workspace } from "../workspace.ts";
import type { WithCodeSchema } from "./extract-schema.ts";
import { planChanges } from "./plan-changes.ts";

/** How often a model that ran out of output may go on from its last whole operation. */
const maxContinuations = 3;

export type WithChangeSet = WithCodeSchema & {
  operations: ChangeOperation[];
  /** Contents that the model has seen in full. */
  seen: ReadonlySet<ContentHash>;
  /** Operations that failed and that no later one made good. */
  unresolved: OperationFailure[];
  /** Operations outside the run's scope: shown to the person, never applied. */
  outOfScope: OperationFailure[];
  /** What the model says it did. */
  summary: string;
  /** The model was cut off, so that changes may be missing. */
  isTruncated: boolean;
};

/**
 * The talk with the model about one run. Each model call is a remembered step: a run that is resumed replays the turns it
 * had, at no cost, and goes on behind them.
 */
export class ChangeConversation {
  readonly #context: WithCodeSchema;
  readonly #dependencies: RunDependencies;
  readonly #workspace: Workspace;
  readonly #messages: ModelMessage[] = [];
  #turnCount = 0;
  #usage: ModelUsage = noUsage;

  constructor({ context, dependencies }: { context: WithCodeSchema; dependencies: RunDependencies }) {
    this.#context = context;
    this.#dependencies = dependencies;
    this.#workspace = new Workspace({ parent: context.parent, seen: context.seen, scopeInclude: context.request.scopeInclude, generations: dependencies.generations });
  }

  get usage(): ModelUsage {
    return this.#usage;
  }

  /** Files whose changes are complete so far: what a cut-off or cancelled run has to show. */
  get finishedPaths(): FilePath[] {
    return this.#workspace.changedPaths;
  }

  /** The first proposal. @throws AppError as `ModelGateway.runTurn`; OUTPUT_TRUNCATED; the signal's reason */
  async propose(): Promise<WithChangeSet> {
    const plan = this.#context.mode === "enhanced" ? await this.#plan() : null;
    this.#messages.push({ role: "user", parts: buildRequestParts({ ...this.#context, plan }) });
    return this.#converse();
  }

  /** A better proposal, after the problems of the last were told to the model. */
  async repair({ round, reasons, report }: { round: number; reasons: string[]; report: string }): Promise<WithChangeSet> {
    this.#dependencies.events.append({ type: "repair.started", round, reasons });
    this.#messages.push({ role: "user", parts: [report] });
    return this.#converse();
  }

  async #plan(): Promise<string | null> {
    const planned = await planChanges({ context: this.#context, dependencies: this.#dependencies });
    if (planned === null) return null;
    this.#usage = addUsage(this.#usage, planned.usage);
    return planned.plan;
  }

  async #converse(): Promise<WithChangeSet> {
    const { model } = this.#context;
    const reader = model.supportsTools ? new ToolExecutor({ workspace: this.#workspace, events: this.#dependencies.events }) : new TextAnswerReader({ workspace: this.#workspace, events: this.#dependencies.events });
    let continuations = 0;
    for (;;) {
      const turn = await this.#runTurn();
      const answer = await reader.read(turn);
      this.#messages.push({ role: "assistant", text: turn.text, toolCalls: turn.toolCalls, replay: turn.replay });
      if (answer.state === "finished") {
        // A repair goes on behind this turn, and every call in it needs its result.
        this.#messages.push(...answer.reply);
        return this.#toProposal({ summary: answer.summary, isTruncated: false });
      }
      if (answer.state === "incomplete") {
        continuations += 1;
        if (continuations > maxContinuations) return this.#toProposal({ summary: turn.text, isTruncated: true });
      }
      this.#messages.push(...answer.reply);
    }
  }

  async #runTurn(): Promise<ModelTurn> {
    const { model, request } = this.#context;
    this.#turnCount += 1;
    const turn = this.#turnCount;
    if (turn > limits.modelTurns) {
      throw new AppError({
        code: "BUDGET_EXCEEDED",
        message: `The run stopped at its limit of ${limits.modelTurns} model calls, without coming to an end. Ask for less at once, or choose another model.`,
        details: { limit: "modelTurns", maximum: limits.modelTurns },
      });
    }
    this.#dependencies.signal.throwIfAborted();
    this.#dependencies.events.append({ type: "turn.started", turn });
    const reporter = new TurnReporter(this.#dependencies.events);
    const result = await this.#dependencies.steps.remember(`turn-${turn}`, async () => {
      const startedAt = performance.now();
      const answer = await this.#dependencies.models.runTurn({
        modelId: request.modelId,
        system: buildSystemPrompt(model),
        messages: this.#messages,
        tools: model.supportsTools ? modelTools : [],
        signal: this.#dependencies.signal,
        onDelta: (delta) => reporter.report(delta),
      });
      return { ...answer, usage: { ...answer.usage, durationMs: Math.round(performance.now() - startedAt) } };
    });
    this.#usage = addUsage(this.#usage, result.usage);
    this.#dependencies.events.append({ type: "usage", usage: this.#usage });
    return result;
  }

  #toProposal({ summary, isTruncated }: { summary: string; isTruncated: boolean }): WithChangeSet {
    const { operations, seen, unresolved, outOfScope } = this.#workspace;
    return { ...this.#context, operations, seen, unresolved, outOfScope, summary, isTruncated };
  }
}
