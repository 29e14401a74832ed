import { expect, test } from "vitest";
import { keepChanged } from "./keep-changed.ts";
import type { DrawnChange, DrawnEdge, DrawnTable, SchemaGraph } from "./schema-graph.ts";

/** Only the fields that the choice reads. */
function table(id: string, change: DrawnChange | null = null, row: DrawnChange | null = null): DrawnTable {
  return { id, change, rows: row === null ? [] : [{ name: "f", type: "", mark: null, change: row }] } as DrawnTable;
}

function edge(from: string, to: string, change: DrawnChange | null = null): DrawnEdge {
  return { id: `${from} ${to}`, from, to, change, isOnDemand: true } as DrawnEdge;
}

function keep(tables: DrawnTable[], edges: DrawnEdge[]) {
  const graph: SchemaGraph = { tables, edges, leftOutCount: 0, hubs: [] };
  const kept = keepChanged(graph);
  return { ids: kept.tables.map(({ id }) => id), lines: kept.edges.map(({ id }) => id), rest: kept.leftOutCount };
}

test("changed tables are drawn with what they relate to, and nothing else", () => {
  const tables = [table("note", null, "added"), table("user"), table("far"), table("other"), table("tag")];
  const edges = [edge("note", "user"), edge("user", "far"), edge("other", "tag", "removed")];
  expect(keep(tables, edges)).toEqual({
    ids: ["note", "user", "other", "tag"],
    lines: ["note user", "other tag"],
    rest: 0,
  });
});

test("of many changed tables the first are drawn, and the rest is counted", () => {
  const tables = Array.from({ length: 12 }, (_, at) => table(`t${at}`, "added"));
  expect(keep(tables, [])).toMatchObject({ ids: tables.slice(0, 8).map(({ id }) => id), rest: 4 });
  expect(keep([table("a")], [])).toEqual({ ids: [], lines: [], rest: 0 });
});
