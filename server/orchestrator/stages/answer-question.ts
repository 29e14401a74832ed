import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { ModelMessage, ModelToolResult, ModelTurn, RunDependencies } from "../ports.ts";
import { buildReceipt, buildRequestParts } from "../prompts.ts";
import { readProtocol } from "../protocols.ts";
import { assertTurnAllowed, type RunMeter } from "../run-meter.ts";
import { readCall } from "../tools/read-call.ts";
import { readingTools } from "../tools/registry.ts";
import type { ReadableFiles } from "../tools/tool.ts";
import { Workspace } from "../workspace.ts";
import type { ChosenContext } from "./choose-context.ts";

/** How many times a model that reached its output limit may continue its answer. */
const maxContinuations = 3;

const afterCut = "Your answer was cut off. Go on exactly where it ended, without repeating any of it.";
const cutNote = "\n\n*The model's output limit cut this answer off here. Ask for the rest.*";

/**
 * The conversation about one question. The model gets read-only tools and readable files, so nothing that it sends can
 * become a change.
 */
export class QuestionConversation {
  readonly #context: ChosenContext;
  readonly #dependencies: RunDependencies;
  readonly #meter: RunMeter;
  readonly #files: ReadableFiles;
  readonly #messages: ModelMessage[] = [];
  #receipt: ContextReceipt | null = null;
  #turnCount = 0;
  #provenInputTokens = 0;

  constructor({
    context,
    dependencies,
    meter,
  }: {
    context: ChosenContext;
    dependencies: RunDependencies;
    meter: RunMeter;
  }) {
    this.#context = context;
    this.#dependencies = dependencies;
    this.#meter = meter;
    this.#files = new Workspace({
      start: context.start,
      generations: dependencies.generations,
      withheld: context.withheld.files.keys(),
    });
  }

  /** What the request showed the model; null before it was made. */
  get receipt(): ContextReceipt | null {
    return this.#receipt;
  }

  /** @throws AppError like `RunMeter.call` */
  async answer(): Promise<string> {
    const { parts, images, namedCount, sharedPartCount } = buildRequestParts({ ...this.#context, plan: null });
    this.#receipt = buildReceipt({ ...this.#context, parts, namedCount });
    this.#dependencies.events.append({
      type: "context.loaded",
      parentFileCount: this.#context.parent.size,
      receipt: this.#receipt,
    });
    this.#messages.push({ role: "user", parts: parts.map(({ text }) => text), images, sharedPartCount });
    let begun = "";
    for (let continuations = 0; ;) {
      const turn = await this.#runTurn();
      this.#messages.push({ role: "assistant", text: turn.text, toolCalls: turn.toolCalls, replay: turn.replay });
      if (turn.toolCalls.length > 0) {
        // Text before a tool call is not part of the answer.
        begun = "";
        this.#messages.push({ role: "tool", results: await this.#look(turn) });
      } else if (turn.finishReason !== "length") return begun + turn.text;
      else {
        begun += turn.text;
        continuations += 1;
        if (continuations > maxContinuations) return begun + cutNote;
        this.#messages.push({ role: "user", parts: [afterCut] });
      }
    }
  }

  async #look({ toolCalls }: ModelTurn): Promise<ModelToolResult[]> {
    const results: ModelToolResult[] = [];
    for (const call of toolCalls) {
      const read = readCall(call, readingTools);
      const answer =
        read.status === "unread"
          ? { text: read.report, isError: true }
          : await read.tool.execute({
              input: read.input,
              context: { workspace: this.#files, events: this.#dependencies.events, finish: () => undefined },
            });
      results.push({ callId: call.callId, name: call.name, ...answer });
    }
    return results;
  }

  async #runTurn(): Promise<ModelTurn> {
    const { model, request } = this.#context;
    const { events } = this.#dependencies;
    this.#turnCount += 1;
    assertTurnAllowed({ turn: this.#turnCount, maximum: limits.modelTurns });
    events.append({ type: "turn.started", turn: this.#turnCount });
    const turn = await this.#meter.call({
      key: `turn-${this.#turnCount}`,
      modelId: request.modelId,
      ...readProtocol({ kind: "ask", model }),
      messages: this.#messages,
      provenInputTokens: this.#provenInputTokens,
      onDelta: (delta) => {
        if (delta.type === "text") events.append({ type: "model.text", delta: delta.delta });
        else if (delta.type === "retrying") events.append(delta);
      },
    });
    this.#provenInputTokens = Math.max(this.#provenInputTokens, turn.usage.inputTokens);
    return turn;
  }
}
