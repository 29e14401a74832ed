import { check } from "./check.ts";

export class Space {
  readonly #paths = new Set<string>();

  check(): boolean {
    return check({ changedPaths: [...this.#paths] });
  }
}
