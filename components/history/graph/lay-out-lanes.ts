/** A version's data for the graph; newest first, parents after their children. */
type LaneInput = { id: string; parentIds: readonly string[] };

export type LaneRow = {
  id: string;
  /** The column of the version's dot. */
  lane: number;
  /** Columns that pass through this row, each with its column in the row below. */
  passing: { from: number; to: number }[];
  /** Columns of this version's parents below the dot. */
  down: number[];
  /** Columns above that end in the dot: its children. */
  up: number[];
  laneCount: number;
};

/**
 * Assigns versions to columns: a first parent continues in its first child's column, and a column is reused after its
 * line has ended. Linear in versions times open columns.
 */
export function layOutLanes(versions: readonly LaneInput[]): LaneRow[] {
  // The next version of each column; null for a free column.
  let open: (string | null)[] = [];
  const known = new Set(versions.map(({ id }) => id));
  return versions.map(({ id, parentIds }) => {
    const above = open;
    const up = above.flatMap((target, column) => (target === id ? [column] : []));
    const next = above.map((target) => (target === id ? null : target));
    const take = (preferred?: number): number => {
      if (preferred !== undefined && next[preferred] === null) return preferred;
      const free = next.indexOf(null);
      return free === -1 ? next.push(null) - 1 : free;
    };
    const lane = up[0] ?? take();
    const down: number[] = [];
    for (const [index, parentId] of parentIds.filter((parent) => known.has(parent)).entries()) {
      const existing = next.indexOf(parentId);
      const column = existing !== -1 ? existing : take(index === 0 ? lane : undefined);
      next[column] = parentId;
      down.push(column);
    }
    const passing = above.flatMap((target, column) =>
      target !== null && target !== id ? [{ from: column, to: column }] : [],
    );
    while (next.length > 0 && next.at(-1) === null) next.pop();
    open = next;
    return { id, lane, passing, down, up, laneCount: Math.max(lane + 1, above.length, next.length) };
  });
}
