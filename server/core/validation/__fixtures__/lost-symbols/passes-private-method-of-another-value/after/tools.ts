import { Workspace } from "./workspace.ts";

export class Tools {
  readonly #workspace = new Workspace();

  run(path: string): string {
    const { text, isDone } = this.#workspace.apply(path);
    return isDone ? text : "";
  }
}
