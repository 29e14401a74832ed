import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription, ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";

/** A mark in a prompt that names the case of its run. */
const casePattern = /\[case [^\]]+\]/;

/**
 * Routes every run to the gateway of its own case, which its prompt names, so that one case's circuit breaker does not
 * affect another.
 */
export class CaseGateway implements ModelGateway {
  readonly #standard: ModelGateway;
  readonly #gateways = new Map<string, Pick<ModelGateway, "runTurn">>();

  constructor(standard: ModelGateway) {
    this.#standard = standard;
  }

  /** Registers a gateway for a case, and returns the mark for its prompts. */
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
