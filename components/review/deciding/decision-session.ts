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

type DecisionState = {
  choices: Choices;
  /** The number of steps that can be undone. */
  stepCount: number;
};

/** Storage in which decisions survive a reload; null for none. */
export type ChoiceStorage = { read: () => string | null; write: (text: string | null) => void };

/** Users do not undo more steps, and the browser stores them all. */
const maxSteps = 200;

/**
 * The user's decisions on a set of changes: by line group, by file, or for many files at once. Every step can be
 * undone, even after a reload. Undecided files follow the defaults.
 */
export class DecisionSession {
  readonly #proposed: Choices;
  readonly #storage: ChoiceStorage;
  readonly #listeners = new Set<() => void>();
  /** Differences from the defaults after each step; the last one is current. */
  #steps: Choices[];
  #state: DecisionState;
  readonly #proposedState: DecisionState;

  constructor({
    paths,
    proposed,
    storage,
  }: {
    paths: readonly FilePath[];
    /** A file without an entry is undecided. */
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

  /** The state without any decision: the server renders it, because it does not know the browser's storage. */
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

  /** False if there is nothing to undo. */
  undo(): boolean {
    if (this.#steps.length === 0) return false;
    this.#set(this.#steps.slice(0, -1));
    return true;
  }

  /** Resets everything to the defaults: the decisions are stored elsewhere, or no longer wanted. */
  clear(): void {
    this.#set([]);
  }

  /** The decisions are stored elsewhere now. The page that shows them will be left. */
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
