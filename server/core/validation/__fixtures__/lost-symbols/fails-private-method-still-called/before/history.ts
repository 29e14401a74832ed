export class History {
  list(): string[] {
    return this.#git("log").split("\n");
  }

  #git(command: string): string {
    return command;
  }
}
