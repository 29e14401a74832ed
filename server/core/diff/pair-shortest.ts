/**
 * Positions of matched lines, in order: even indexes hold positions in `old`, each next index the position in
 * `current`.
 */
type PositionPairs = Int32Array;

const none = -1;

/**
 * The partners of a shortest edit script (Myers, "An O(ND) Difference Algorithm", 1986). Among equally short scripts it
 * chooses the same one as the package `diff`. Null if more than `limit` edits are needed. Typed arrays make it about 50
 * times as fast as that package, which allocates an object per step: 3,000 edits take about 50 ms.
 */
export function pairShortest({
  old,
  current,
  limit,
}: {
  old: Int32Array;
  current: Int32Array;
  limit: number;
}): PositionPairs | null {
  const paths = new Paths();
  const maxEdits = Math.min(limit, old.length + current.length);
  /** The furthest path on each diagonal: an index into `paths`, at diagonal + `maxEdits` + 1. */
  const furthest = new Int32Array(2 * maxEdits + 3).fill(none);
  const at = maxEdits + 1;

  const follow = ({ from, diagonal, oldAt }: { from: number; diagonal: number; oldAt: number }) => {
    let oldPosition = oldAt;
    let newPosition = oldAt - diagonal;
    while (
      oldPosition + 1 < old.length &&
      newPosition + 1 < current.length &&
      old[oldPosition + 1] === current[newPosition + 1]
    ) {
      oldPosition += 1;
      newPosition += 1;
    }
    return paths.add({ from, diagonal, oldPosition });
  };
  const isOldDone = (path: number) => paths.oldPositionOf(path) + 1 >= old.length;
  const isNewDone = (path: number) => paths.oldPositionOf(path) - paths.diagonalOf(path) + 1 >= current.length;

  const first = follow({ from: none, diagonal: 0, oldAt: -1 });
  if (isOldDone(first) && isNewDone(first)) return paths.listPairs(first);
  furthest[at] = first;
  // Once a path has reached the end of a side, diagonals beyond its own cannot reach the end of both sooner.
  let lowest = -Infinity;
  let highest = Infinity;
  for (let edits = 1; edits <= maxEdits; edits += 1) {
    for (let diagonal = Math.max(lowest, -edits); diagonal <= Math.min(highest, edits); diagonal += 2) {
      const below = furthest[at + diagonal - 1] ?? none;
      const above = furthest[at + diagonal + 1] ?? none;
      if (below !== none) furthest[at + diagonal - 1] = none;
      const addedAt = above === none ? none : paths.oldPositionOf(above) - diagonal;
      const canAdd = above !== none && addedAt >= 0 && addedAt < current.length;
      const canRemove = below !== none && paths.oldPositionOf(below) + 1 < old.length;
      if (!canAdd && !canRemove) {
        furthest[at + diagonal] = none;
        continue;
      }
      const isAdding = !canRemove || (canAdd && paths.oldPositionOf(below) < paths.oldPositionOf(above));
      const path = isAdding
        ? follow({ from: above, diagonal, oldAt: paths.oldPositionOf(above) })
        : follow({ from: below, diagonal, oldAt: paths.oldPositionOf(below) + 1 });
      if (isOldDone(path) && isNewDone(path)) return paths.listPairs(path);
      furthest[at + diagonal] = path;
      if (isOldDone(path)) highest = Math.min(highest, diagonal - 1);
      if (isNewDone(path)) lowest = Math.max(lowest, diagonal + 1);
    }
  }
  return null;
}

/** Paths through the edit graph: each extends another by one edit and then follows equal lines. */
class Paths {
  #count = 0;
  #from = new Int32Array(1_024);
  #diagonals = new Int32Array(1_024);
  #oldPositions = new Int32Array(1_024);

  add({ from, diagonal, oldPosition }: { from: number; diagonal: number; oldPosition: number }): number {
    if (this.#count === this.#from.length) {
      this.#from = grow(this.#from);
      this.#diagonals = grow(this.#diagonals);
      this.#oldPositions = grow(this.#oldPositions);
    }
    this.#from[this.#count] = from;
    this.#diagonals[this.#count] = diagonal;
    this.#oldPositions[this.#count] = oldPosition;
    this.#count += 1;
    return this.#count - 1;
  }

  oldPositionOf(path: number): number {
    return this.#oldPositions[path] ?? none;
  }

  diagonalOf(path: number): number {
    return this.#diagonals[path] ?? 0;
  }

  /** The equal lines along a path. */
  listPairs(end: number): PositionPairs {
    const backwards: number[] = [];
    for (let path = end; path !== none; path = this.#from[path] ?? none) {
      const diagonal = this.diagonalOf(path);
      const from = this.#from[path] ?? none;
      const cameTo = from === none ? -1 : this.oldPositionOf(from) + (diagonal > this.diagonalOf(from) ? 1 : 0);
      for (let position = this.oldPositionOf(path); position > cameTo; position -= 1)
        backwards.push(position - diagonal, position);
    }
    return Int32Array.from(backwards.reverse());
  }
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
