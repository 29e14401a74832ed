type CheckState<Output> = {
  /** The last result, possibly for an earlier request. */
  result: Output | null;
  isChecking: boolean;
  error: unknown;
};

/** The number of cached results, so that undoing causes no request. */
const maxRemembered = 50;

/**
 * Checks data that may change while a check is running. Only one request is in flight. When it returns, only the newest
 * of the requests that arrived since is sent; the older ones are dropped.
 */
export class LatestCheck<Input, Output> {
  readonly #check: (input: Input) => Promise<Output>;
  readonly #listeners = new Set<() => void>();
  readonly #answers = new Map<string, Output>();
  #wanted: { key: string; input: Input } | null = null;
  #isBusy = false;
  #state: CheckState<Output> = { result: null, isChecking: false, error: null };

  constructor(check: (input: Input) => Promise<Output>) {
    this.#check = check;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): CheckState<Output> => this.#state;

  ask(input: Input): void {
    const key = JSON.stringify(input);
    if (this.#wanted?.key === key && this.#state.error === null) return;
    this.#wanted = { key, input };
    this.#go();
  }

  /** Repeats a failed check. */
  retry(): void {
    if (this.#state.error !== null) this.#go();
  }

  #go(): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    const known = this.#answers.get(wanted.key);
    if (known !== undefined) return this.#set({ result: known, isChecking: false, error: null });
    this.#set({ ...this.#state, isChecking: true, error: null });
    if (!this.#isBusy) void this.#send(wanted);
  }

  async #send({ key, input }: { key: string; input: Input }): Promise<void> {
    this.#isBusy = true;
    try {
      this.#remember({ key, answer: await this.#check(input) });
    } catch (error) {
      if (this.#wanted?.key === key) this.#set({ ...this.#state, isChecking: false, error });
      this.#isBusy = false;
      if (this.#wanted?.key !== key) this.#go();
      return;
    }
    this.#isBusy = false;
    this.#go();
  }

  #remember({ key, answer }: { key: string; answer: Output }): void {
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxRemembered && oldest !== undefined) this.#answers.delete(oldest);
  }

  #set(state: CheckState<Output>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
