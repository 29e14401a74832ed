export class History {
  list(): string[] {
    return this.#git("log --all").split("\n");
  }
}
