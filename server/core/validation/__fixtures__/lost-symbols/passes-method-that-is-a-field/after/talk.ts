import { plan } from "./plan.ts";

export class Talk {
  #plan: string[] = [];

  propose(): string[] {
    if (this.#plan.length === 0) this.#plan = plan().split("\n");
    return this.#plan;
  }
}
