import { pairShortest } from "./pair-shortest.ts";

/**
 * The maximum length of a shortest edit script. The cost is quadratic; 3,000 edits take about 50 ms. A comparison that
 * needs more is split at lines that occur once on both sides.
 */
const maxEditLength = 3_000;

/** The same limit between two such lines. There may be thousands of these parts, so each must be cheap. */
const maxPartEditLength = 200;

/** Marks, by line index, the lines without a partner. The other lines of both sides are partners in order. */
export type LineComparison = { removed: Uint8Array; added: Uint8Array };

type Sequence = { ids: Int32Array; indexes: Int32Array };

/**
 * Determines unchanged, removed and added lines. The result is always valid: without the marked lines both sides are
 * equal. It is shortest unless the sides differ in more than `maxEditLength` lines that occur on both.
 */
export function compareLines({
  before,
  after,
}: {
  before: readonly string[];
  after: readonly string[];
}): LineComparison {
  const { beforeIds, afterIds } = numberLines({ before, after });
  const removed = new Uint8Array(before.length);
  const added = new Uint8Array(after.length);
  let start = 0;
  while (start < before.length && start < after.length && beforeIds[start] === afterIds[start]) start += 1;
  let beforeEnd = before.length;
  let afterEnd = after.length;
  while (beforeEnd > start && afterEnd > start && beforeIds[beforeEnd - 1] === afterIds[afterEnd - 1]) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  removed.fill(1, start, beforeEnd);
  added.fill(1, start, afterEnd);
  const old = keepShared({ ids: beforeIds, otherIds: afterIds, start, end: beforeEnd, otherEnd: afterEnd });
  const current = keepShared({ ids: afterIds, otherIds: beforeIds, start, end: afterEnd, otherEnd: beforeEnd });
  pairLines({
    old,
    current,
    onPair(oldIndex, newIndex) {
      removed[oldIndex] = 0;
      added[newIndex] = 0;
    },
  });
  return { removed, added };
}

function numberLines({ before, after }: { before: readonly string[]; after: readonly string[] }): {
  beforeIds: Int32Array;
  afterIds: Int32Array;
} {
  const ids = new Map<string, number>();
  const toId = (line: string) => {
    const known = ids.get(line);
    if (known !== undefined) return known;
    ids.set(line, ids.size);
    return ids.size - 1;
  };
  return { beforeIds: Int32Array.from(before, toId), afterIds: Int32Array.from(after, toId) };
}

/** A line that the other side lacks has no partner in any comparison, so removing it first changes no result. */
function keepShared({
  ids,
  otherIds,
  start,
  end,
  otherEnd,
}: {
  ids: Int32Array;
  otherIds: Int32Array;
  start: number;
  end: number;
  otherEnd: number;
}): Sequence {
  const others = new Set(otherIds.subarray(start, otherEnd));
  const indexes = new Int32Array(end - start);
  let count = 0;
  for (let index = start; index < end; index += 1) if (others.has(ids[index] ?? -1)) indexes[count++] = index;
  const kept = indexes.subarray(0, count);
  return { ids: kept.map((index) => ids[index] ?? -1), indexes: kept };
}

/** Calls `onPair` for the partners among the lines of two sequences, in order. */
function pairLines({
  old,
  current,
  onPair,
}: {
  old: Sequence;
  current: Sequence;
  onPair: (oldIndex: number, newIndex: number) => void;
}): void {
  if (pairPart({ old, current, limit: maxEditLength, onPair })) return;
  let oldStart = 0;
  let newStart = 0;
  const anchors = findAnchors({ old, current });
  for (const [oldEnd, newEnd] of [...anchors, [old.indexes.length, current.indexes.length] as const]) {
    pairPart({
      old: slice(old, oldStart, oldEnd),
      current: slice(current, newStart, newEnd),
      limit: maxPartEditLength,
      onPair,
    });
    const oldIndex = old.indexes[oldEnd];
    const newIndex = current.indexes[newEnd];
    if (oldIndex !== undefined && newIndex !== undefined) onPair(oldIndex, newIndex);
    oldStart = oldEnd + 1;
    newStart = newEnd + 1;
  }
}

function slice({ ids, indexes }: Sequence, start: number, end: number): Sequence {
  return { ids: ids.subarray(start, end), indexes: indexes.subarray(start, end) };
}

/** False if the sequences differ in more than `limit` lines; then there are no pairs. */
function pairPart({
  old,
  current,
  limit,
  onPair,
}: {
  old: Sequence;
  current: Sequence;
  limit: number;
  onPair: (oldIndex: number, newIndex: number) => void;
}): boolean {
  const pairs = pairShortest({ old: old.ids, current: current.ids, limit });
  if (pairs === null) return false;
  for (let at = 0; at < pairs.length; at += 2)
    onPair(old.indexes[pairs[at] ?? -1] ?? -1, current.indexes[pairs[at + 1] ?? -1] ?? -1);
  return true;
}

/**
 * The longest increasing chain of lines that occur once on each side (patience diff), as positions in both sequences.
 */
function findAnchors({ old, current }: { old: Sequence; current: Sequence }): [number, number][] {
  const oldPositions = findSinglePositions(old.ids);
  const newPositions = findSinglePositions(current.ids);
  type Link = { pair: [number, number]; previous: Link | undefined };
  const ends: Link[] = [];
  for (const [id, newAt] of newPositions) {
    const oldAt = oldPositions.get(id);
    if (oldAt === undefined) continue;
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.pair[0] ?? Infinity) < oldAt) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair: [oldAt, newAt], previous: ends[low - 1] };
  }
  const chain: [number, number][] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.previous) chain.push(link.pair);
  return chain.reverse();
}

/** The position of each id that occurs once, in the order of the sequence. */
function findSinglePositions(ids: Int32Array): Map<number, number> {
  const positions = new Map<number, number>();
  const repeated = new Set<number>();
  ids.forEach((id, position) => {
    if (positions.has(id)) repeated.add(id);
    else positions.set(id, position);
  });
  for (const id of repeated) positions.delete(id);
  return positions;
}
