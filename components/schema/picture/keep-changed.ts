import type { DrawnTable, SchemaGraph } from "./schema-graph.ts";

/** More boxes than this are unreadable in the space of a brief. */
const maxTables = 8;

export function isChanged({ change, rows }: DrawnTable): boolean {
  return change !== null || rows.some((row) => row.change !== null);
}

/**
 * The part of a picture that shows the differences: changed tables, the ends of each changed edge, and, as far as there
 * is room, related tables.
 */
export function keepChanged({ tables, edges, ...graph }: SchemaGraph): SchemaGraph {
  const kept = new Set(tables.filter(isChanged).map(({ id }) => id));
  const add = (id: string) => {
    if (kept.size < maxTables) kept.add(id);
  };
  for (const { from, to, change } of edges) if (change !== null) [from, to].forEach(add);
  const first = new Set(kept);
  for (const { from, to } of edges) {
    if (first.has(from)) add(to);
    if (first.has(to)) add(from);
  }
  const drawn = new Set([...kept].slice(0, maxTables));
  return {
    ...graph,
    tables: tables.filter(({ id }) => drawn.has(id)),
    edges: edges
      .filter(({ from, to }) => drawn.has(from) && drawn.has(to))
      .map((edge) => ({ ...edge, isOnDemand: false })),
    leftOutCount: kept.size - drawn.size,
  };
}
