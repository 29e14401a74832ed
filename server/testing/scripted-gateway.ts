import type { ModelId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type {
  ModelDescription,
  ModelGateway,
  ModelToolCall,
  ModelTurn,
  ModelTurnRequest,
} from "#server/orchestrator/ports.ts";

export type ScriptedTurn = (request: ModelTurnRequest) => ModelTurn | Promise<ModelTurn>;

export const scriptedModelId = "compatible:scripted" as ModelId;

/** A gateway with one model that returns the given turns immediately and counts its calls. */
export class ScriptedGateway implements ModelGateway {
  readonly requests: ModelTurnRequest[] = [];
  readonly #supportsTools: boolean;
  readonly #supportsImages: boolean;
  #turns: ScriptedTurn[];

  constructor({
    turns,
    supportsTools = true,
    supportsImages = false,
  }: {
    turns: ScriptedTurn[];
    supportsTools?: boolean;
    supportsImages?: boolean;
  }) {
    this.#turns = turns;
    this.#supportsTools = supportsTools;
    this.#supportsImages = supportsImages;
  }

  /** Replaces the rest of the script. */
  script(...turns: ScriptedTurn[]): void {
    this.#turns = turns;
  }

  async list(): Promise<ModelDescription[]> {
    return [await this.get(scriptedModelId)];
  }

  async get(modelId: ModelId): Promise<ModelDescription> {
    if (modelId !== scriptedModelId)
      throw new AppError({ code: "MODEL_NOT_FOUND", message: `There is no model ${modelId}.` });
    return {
      modelId,
      label: "Scripted",
      provider: "compatible",
      isAvailable: true,
      supportsTools: this.#supportsTools,
      supportsImages: this.#supportsImages,
      contextTokens: 100_000,
      maxOutputTokens: 10_000,
    };
  }

  async runTurn(request: ModelTurnRequest): Promise<ModelTurn> {
    // The caller appends to the messages later, so the gateway keeps a copy.
    this.requests.push({ ...request, messages: [...request.messages] });
    const turn = this.#turns.shift();
    if (turn === undefined) throw new AppError({ code: "MODEL_OUTPUT_INVALID", message: "The script is over." });
    return turn(request);
  }
}

const usage = { inputTokens: 100, outputTokens: 50, cachedInputTokens: 0, modelCalls: 1, durationMs: 0 };

/** A turn of tool calls, for example `callTools(["write_file", { path, content }], ["finish", { summary }])`. */
export function callTools(...calls: [name: string, input: unknown][]): ScriptedTurn {
  return () => ({
    text: "",
    toolCalls: calls.map(([name, input], index): ModelToolCall => ({ callId: `call-${index}`, name, input })),
    finishReason: "tool-calls",
    usage,
  });
}

export function sayText(text: string): ScriptedTurn {
  return () => ({ text, toolCalls: [], finishReason: "stop", usage });
}

export function failTurn(error: Error): ScriptedTurn {
  return () => {
    throw error;
  };
}

/** Never answers; rejects when the run's signal is aborted. */
export function hang(): ScriptedTurn {
  return ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
}
