/** The pause before a model call is retried. A user can skip the current one; later ones are not affected. */
export class SkippablePause {
  #pause: AbortController | null = null;

  /** Returns a signal that aborts when the user skips the pause that begins now. */
  begin(): AbortSignal {
    this.#pause = new AbortController();
    return this.#pause.signal;
  }

  skip(): void {
    this.#pause?.abort();
  }
}
