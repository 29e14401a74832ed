import { plan } from "./plan.ts";

export class Talk {
  propose(): string[] {
    return this.#plan();
  }

  #plan(): string[] {
    return plan().split("\n");
  }
}
