import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription, ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";

/** Stands in a prompt and tells whose run it is. */
const casePattern = /\[case [^\]]+\]/;

/**
 * Sends every run to the gateway of its own case, which its prompt names, so that the circuit breaker of one case does
 * not answer another.
 */
export class CaseGateway implements ModelGateway {
  readonly #standard: ModelGateway;
  readonly #gateways = new Map<string, Pick<ModelGateway, "runTurn">>();

  constructor(standard: ModelGateway) {
    this.#standard = standard;
  }

  /** Gives a case its gateway, or a new one, and the mark that its prompts carry. */
  assign({ name, gateway }: { name: string; gateway: Pick<ModelGateway, "runTurn"> }): string {
    const mark = `[case ${name}]`;
    this.#gateways.set(mark, gateway);
    return mark;
  }

  list() {
    return this.#standard.list();
  }

  get(modelId: ModelId): Promise<ModelDescription> {
    return this.#standard.get(modelId);
  }

  async runTurn(request: ModelTurnRequest): Promise<ModelTurn> {
    const [first] = request.messages;
    const mark = casePattern.exec(first?.role === "user" ? (first.parts.at(-1) ?? "") : "")?.[0];
    const gateway = mark === undefined ? undefined : this.#gateways.get(mark);
    if (gateway === undefined) throw new Error(`No case has the mark ${mark}.`);
    return gateway.runTurn(request);
  }
}
