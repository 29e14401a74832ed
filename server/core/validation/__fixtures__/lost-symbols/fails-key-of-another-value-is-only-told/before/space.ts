import { check } from "./check.ts";

export class Space {
  readonly #paths = new Set<string>();

  changedPaths(): string[] {
    return [...this.#paths];
  }

  check(): boolean {
    return check({ changedPaths: this.changedPaths() });
  }
}
