/** A person's wish not to wait. It ends the pause that a model call makes before it is tried again, and no later one. */
export class Haste {
  #pause: AbortController | null = null;

  /** Aborted when the pause that begins now is to end. */
  beginPause(): AbortSignal {
    this.#pause = new AbortController();
    return this.#pause.signal;
  }

  endPause(): void {
    this.#pause?.abort();
  }
}
