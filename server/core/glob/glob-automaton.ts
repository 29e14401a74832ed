import type { CharacterSet, GlobNode } from "./parse-glob.ts";

/** One instruction of the compiled glob; `next` are indexes of instructions. */
type Step =
  | { type: "character"; accepts: (codePoint: number) => boolean; next: number }
  | { type: "split"; next: number[] }
  | { type: "not"; inner: GlobAutomaton; crossesSlash: boolean; next: number }
  | { type: "end" };

/** A state of the program. Within a `not`, `inner` is the state of the negated pattern since its start. */
type Thread = { step: number; inner: State | null };

type State = { id: number; threads: readonly Thread[]; isMatch: boolean; next: Map<number, State> };

const slashCodePoint = 47;

/** Enough for all states of ordinary globs. Further states are dropped and recomputed, so that memory stays bounded. */
const maxRememberedThreads = 100_000;

let lastStateId = 0;

/**
 * Thompson's construction, run as a lazily built deterministic automaton (Ken Thompson, "Regular expression search
 * algorithm", 1968). A character costs at most one visit of each instruction and, for a `!(…)`, of each position at
 * which it began. There is no backtracking for any glob and path.
 */
export class GlobAutomaton {
  readonly #program: Step[] = [];
  readonly #start: number;
  #states = new Map<string, State>();
  #rememberedThreads = 0;
  #first: State;

  constructor(glob: GlobNode) {
    this.#program.push({ type: "end" });
    this.#start = this.#compile({ node: glob, next: 0 });
    this.#first = this.#enter();
  }

  matches(path: string): boolean {
    let state = this.#first;
    for (const character of path) {
      state = this.step({ state, codePoint: character.codePointAt(0) ?? 0 });
      if (state.threads.length === 0) return false;
    }
    return state.isMatch;
  }

  get first(): State {
    return this.#first;
  }

  step({ state, codePoint }: { state: State; codePoint: number }): State {
    const known = state.next.get(codePoint);
    if (known !== undefined) return known;
    const threads = new ThreadSet();
    for (const { step: index, inner } of state.threads) {
      const step = this.#program[index];
      if (step?.type === "character" && step.accepts(codePoint)) this.#follow({ index: step.next, threads });
      if (step?.type !== "not" || inner === null || (codePoint === slashCodePoint && !step.crossesSlash)) continue;
      const nextInner = step.inner.step({ state: inner, codePoint });
      threads.add({ step: index, inner: nextInner });
      if (!nextInner.isMatch) this.#follow({ index: step.next, threads });
    }
    const next = this.#intern(threads);
    state.next.set(codePoint, next);
    return next;
  }

  #enter(): State {
    const threads = new ThreadSet();
    this.#follow({ index: this.#start, threads });
    return this.#intern(threads);
  }

  /** Adds an instruction and everything reachable from it without a character. */
  #follow({ index, threads }: { index: number; threads: ThreadSet }): void {
    const pending = [index];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      const step = this.#program[current];
      const inner = step?.type === "not" ? step.inner.first : null;
      if (step === undefined || !threads.add({ step: current, inner })) continue;
      if (step.type === "split") pending.push(...step.next);
      if (step.type === "not" && inner?.isMatch === false) pending.push(step.next);
    }
  }

  #intern(threadSet: ThreadSet): State {
    const key = threadSet.key();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state: State = {
      id: (lastStateId += 1),
      threads: threadSet.list().filter(({ step }) => this.#program[step]?.type !== "split"),
      isMatch: threadSet.list().some(({ step }) => this.#program[step]?.type === "end"),
      next: new Map(),
    };
    this.#states.set(key, state);
    this.#rememberedThreads += state.threads.length;
    if (this.#rememberedThreads > maxRememberedThreads) {
      this.#states = new Map();
      this.#rememberedThreads = 0;
      this.#first = this.#enter();
    }
    return state;
  }

  /** The index of the instruction at which the node begins; `next` follows it. */
  #compile({ node, next }: { node: GlobNode; next: number }): number {
    switch (node.type) {
      case "character":
        return this.#push({ type: "character", accepts: toTest(node.set), next });
      case "slash":
        return this.#push({ type: "character", accepts: (codePoint) => codePoint === slashCodePoint, next });
      case "text":
        return this.#compileLoop({
          next,
          body: (loop) =>
            this.#push({
              type: "character",
              accepts: node.crossesSlash ? () => true : (codePoint) => codePoint !== slashCodePoint,
              next: loop,
            }),
        });
      case "sequence":
        return node.items.reduceRight((following, item) => this.#compile({ node: item, next: following }), next);
      case "alternatives":
        return this.#push({ type: "split", next: node.options.map((option) => this.#compile({ node: option, next })) });
      case "repeat": {
        const loop = this.#compileLoop({ next, body: (start) => this.#compile({ node: node.item, next: start }) });
        return node.isRequired ? this.#compile({ node: node.item, next: loop }) : loop;
      }
      case "not":
        return this.#push({
          type: "not",
          inner: new GlobAutomaton(node.item),
          crossesSlash: node.crossesSlash,
          next,
        });
    }
  }

  #compileLoop({ next, body }: { next: number; body: (loop: number) => number }): number {
    const split: Step = { type: "split", next: [next] };
    const loop = this.#push(split);
    split.next.push(body(loop));
    return loop;
  }

  #push(step: Step): number {
    return this.#program.push(step) - 1;
  }
}

class ThreadSet {
  readonly #threads = new Map<string, Thread>();

  /** False if it was already there. */
  add(thread: Thread): boolean {
    const key = thread.inner === null ? String(thread.step) : `${thread.step}:${thread.inner.id}`;
    if (this.#threads.has(key)) return false;
    this.#threads.set(key, thread);
    return true;
  }

  list(): Thread[] {
    return [...this.#threads.values()];
  }

  key(): string {
    return [...this.#threads.keys()].toSorted().join(" ");
  }
}

function toTest({ ranges, isNegated }: CharacterSet): (codePoint: number) => boolean {
  return (codePoint) =>
    codePoint !== slashCodePoint &&
    ranges.some(([first, last]) => codePoint >= first && codePoint <= last) !== isNegated;
}
