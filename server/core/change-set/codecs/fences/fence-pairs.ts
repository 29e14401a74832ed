import { readFenceLine, type FenceLine } from "./fence-line.ts";

/**
 * Where a fence ends. `ambiguous`: the fence lines have several pairings, and the fence ends between `firstEnd` and
 * `lastEnd`. `open`: no line closes it. Indexes of lines.
 */
export type FenceEnd =
  | { status: "closed"; end: number }
  | { status: "ambiguous"; firstEnd: number; lastEnd: number }
  | { status: "open" };

type Event = { line: number; opens: boolean };

/** For each fence line that one kind of fence sees: the outcomes of the pairings from there. */
type Group = {
  events: Event[];
  /** The closers reachable from an event if everything between is paired: the first, the second and the last one. */
  ends: { first: number; second: number; last: number }[];
  /** Whether all events after an index can be paired. */
  isBalancedFrom: boolean[];
};

/**
 * Pairs the fence lines of an answer. A line with an info string opens; a bare line opens or closes. A pairing is valid
 * if every fence line up to the end of the answer has a partner, except at most one that a cut left open. Each group of
 * fences is prepared once from the end of the answer to its start, so that the cost is linear.
 */
export class FencePairs {
  readonly #fences: { line: number; fence: FenceLine }[];
  readonly #groups = new Map<string, Group>();
  readonly #lastOpening: number;
  /** The last line of each combination of character and length. */
  readonly #lastOfKind: ReadonlyMap<string, { line: number; mark: string; length: number }>;

  constructor(lines: readonly string[]) {
    this.#fences = lines.flatMap((text, line) => {
      const fence = readFenceLine(text);
      return fence === null ? [] : [{ line, fence }];
    });
    this.#lastOfKind = new Map(
      this.#fences.map(({ line, fence: { mark, length } }) => [`${mark}${length}`, { line, mark, length }]),
    );
    this.#lastOpening = this.#fences.findLast(({ fence }) => fence.info !== "")?.line ?? -1;
  }

  /**
   * Lines indented by more than `maxColumns` are content. Default: four more than the opening fence, as in CommonMark.
   */
  findEnd({
    line,
    fence,
    maxColumns = fence.columns + 3,
  }: {
    line: number;
    fence: FenceLine;
    maxColumns?: number;
  }): FenceEnd {
    const group = this.#group({ fence, maxColumns });
    const start = lowerBound({ events: group.events, line: line + 1 });
    const ends = group.ends[start];
    const canStayOpen = group.isBalancedFrom[start] === true;
    const lineOf = (event: number) => group.events[event]?.line ?? Number.POSITIVE_INFINITY;
    if (ends === undefined || ends.first === -1) return { status: "open" };
    if (ends.second === -1 && !canStayOpen) return { status: "closed", end: lineOf(ends.first) };
    return {
      status: "ambiguous",
      firstEnd: lineOf(ends.first),
      lastEnd: canStayOpen ? Number.POSITIVE_INFINITY : lineOf(ends.last),
    };
  }

  /** Whether any fence line of this kind follows. */
  hasAfter({ line, fence, maxColumns }: { line: number; fence: FenceLine; maxColumns: number }): boolean {
    return (this.#group({ fence, maxColumns }).events.at(-1)?.line ?? -1) > line;
  }

  /** Whether a fence follows whose own fence lines this one ignores: one with the other character, or a longer one. */
  hasOtherKindAfter({ line, fence }: { line: number; fence: FenceLine }): boolean {
    return [...this.#lastOfKind.values()].some(
      (last) => last.line > line && (last.mark !== fence.mark || last.length > fence.length),
    );
  }

  /** Whether a fence with an info string follows. */
  hasOpeningAfter(line: number): boolean {
    return this.#lastOpening > line;
  }

  #group({ fence: { mark, length }, maxColumns }: { fence: FenceLine; maxColumns: number }): Group {
    const key = `${mark}${length} ${maxColumns}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const events = this.#fences.flatMap(({ line, fence }) =>
        fence.mark === mark && fence.length >= length && fence.columns <= maxColumns
          ? [{ line, opens: fence.info !== "" || fence.isListItem }]
          : [],
      );
      group = prepare(events);
      this.#groups.set(key, group);
    }
    return group;
  }
}

/**
 * `height[t]` is the number of bare lines minus the number of opening lines among the first t events. The events from s
 * to t can be paired if their number is even and `height[t]` is at least every height between: each opening line then
 * has a later bare line, and the remaining bare lines pair with each other. So the closers of a fence before event s
 * are the bare events t at an even distance for which `height[t]` is at least every height since s. They form a chain
 * of next not-lower heights, which is followed from the end.
 */
function prepare(events: Event[]): Group {
  const count = events.length;
  const height = [0];
  for (const { opens } of events) height.push((height.at(-1) ?? 0) + (opens ? -1 : 1));
  const isBalancedFrom: boolean[] = [];
  const canFollow: boolean[] = [];
  let highest = height[count] ?? 0;
  for (let t = count; t >= 0; t -= 1) {
    highest = Math.max(highest, height[t] ?? 0);
    const missing = highest - (height[count] ?? 0);
    const isEven = (count - t) % 2 === 0;
    isBalancedFrom[t] = isEven && missing <= 0;
    canFollow[t] = missing <= (isEven ? 0 : 1);
  }
  const nextHigh = findNextHigh(height);
  const isEnd = (t: number) => t < count && events[t]?.opens === false && canFollow[t + 1] === true;
  // Ends at an even distance are in the chain of the same parity.
  const none = { first: -1, second: -1, last: -1 };
  const chains: { even: typeof none; odd: typeof none }[] = [];
  for (let t = count; t >= 0; t -= 1) {
    const next = chains[nextHigh[t] ?? -1] ?? { even: none, odd: none };
    const own = t % 2 === 0 ? next.even : next.odd;
    const withOwn = isEnd(t) ? { first: t, second: own.first, last: own.last === -1 ? t : own.last } : own;
    chains[t] = t % 2 === 0 ? { even: withOwn, odd: next.odd } : { even: next.even, odd: withOwn };
  }
  const ends = chains.map(({ even, odd }, t) => (t % 2 === 0 ? even : odd));
  return { events, ends, isBalancedFrom };
}

/** For each index the next one whose height is not lower; -1 if there is none. */
function findNextHigh(height: readonly number[]): number[] {
  const next: number[] = [];
  const stack: number[] = [];
  for (let index = height.length - 1; index >= 0; index -= 1) {
    while (stack.length > 0 && (height[stack.at(-1) ?? 0] ?? 0) < (height[index] ?? 0)) stack.pop();
    next[index] = stack.at(-1) ?? -1;
    stack.push(index);
  }
  return next;
}

function lowerBound({ events, line }: { events: readonly Event[]; line: number }): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
