import { Workspace } from "./workspace.ts";

export class Tools {
  readonly #workspace = new Workspace();

  run(path: string): string {
    return this.#apply(path);
  }

  #apply(path: string): string {
    return this.#workspace.apply(path).trim();
  }
}
