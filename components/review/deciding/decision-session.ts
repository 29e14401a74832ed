import type { FilePath } from "#lib/contracts/ids.ts";
import {
  decideFiles,
  decideLines,
  formatSteps,
  parseSteps,
  type Choices,
  type Decision,
  type LineDecision,
} from "./choices.ts";

export type DecisionState = {
  choices: Choices;
  /** How many steps can be taken back. */
  stepCount: number;
};

/** Where decisions outlive a reload; null for none. */
export type ChoiceStorage = { read: () => string | null; write: (text: string | null) => void };

/** More steps nobody takes back, and a browser keeps them all. */
const maxSteps = 200;

/**
 * What a person decides on a set of changes: by group of lines, by file, or for many files at once. Every step can be
 * taken back, after a reload too. What they did not decide is as it was proposed.
 */
export class DecisionSession {
  readonly #proposed: Choices;
  readonly #storage: ChoiceStorage;
  readonly #listeners = new Set<() => void>();
  /** What differs from the proposal behind each step, the last one being what holds. */
  #steps: Choices[];
  #state: DecisionState;
  readonly #proposedState: DecisionState;

  constructor({
    paths,
    proposed,
    storage,
  }: {
    paths: readonly FilePath[];
    /** A file that is not in it is open. */
    proposed: ReadonlyMap<FilePath, Decision>;
    storage: ChoiceStorage;
  }) {
    this.#proposed = new Map([...proposed].map(([path, whole]) => [path, { whole, lines: new Map() }]));
    this.#storage = storage;
    this.#steps = parseSteps({ text: storage.read(), paths });
    this.#state = this.#read();
    this.#proposedState = { choices: this.#proposed, stepCount: 0 };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): DecisionState => this.#state;

  /** As it is where nobody has decided anything: what a server draws, which does not know the browser. */
  readonly getProposed = (): DecisionState => this.#proposedState;

  decide({ paths, decision }: { paths: readonly FilePath[]; decision: Decision }): void {
    if (paths.length > 0) this.#step(decideFiles({ choices: this.#state.choices, paths, decision }));
  }

  decideLines(target: {
    path: FilePath;
    index: number;
    lineCount: number;
    isMoved: boolean;
    decision: LineDecision;
  }): void {
    this.#step(decideLines({ choices: this.#state.choices, ...target }));
  }

  /** False where there is nothing to take back. */
  undo(): boolean {
    if (this.#steps.length === 0) return false;
    this.#set(this.#steps.slice(0, -1));
    return true;
  }

  /** Everything is as it was proposed again: what was decided is stored elsewhere, or is not wanted any more. */
  clear(): void {
    this.#set([]);
  }

  /** What was decided is stored elsewhere now. The page that shows it goes away by itself. */
  forget(): void {
    this.#storage.write(null);
  }

  #step(choices: Choices): void {
    const changed = new Map([...choices].filter(([path, choice]) => !this.#isProposed(path, choice)));
    if (formatSteps([changed]) === formatSteps([this.#steps.at(-1) ?? new Map()])) return;
    this.#set([...this.#steps, changed].slice(-maxSteps));
  }

  #isProposed(
    path: FilePath,
    { whole, lines }: { whole: Decision | null; lines: ReadonlyMap<number, unknown> },
  ): boolean {
    return lines.size === 0 && whole === (this.#proposed.get(path)?.whole ?? null);
  }

  #set(steps: Choices[]): void {
    this.#steps = steps;
    this.#state = this.#read();
    this.#storage.write(steps.length === 0 ? null : formatSteps(steps));
    for (const listener of this.#listeners) listener();
  }

  #read(): DecisionState {
    return { choices: new Map([...this.#proposed, ...(this.#steps.at(-1) ?? [])]), stepCount: this.#steps.length };
  }
}
