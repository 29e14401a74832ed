import type { DrawnTable } from "./schema-graph.ts";

/** The tables with all words in their name, table or field names; none for an empty query. */
export function findTables({ tables, query }: { tables: readonly DrawnTable[]; query: string }): DrawnTable[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const textOf = ({ entity: { name, tableName = "", fields } }: DrawnTable) =>
    [name, tableName, ...fields.map((field) => field.name)].join(" ").toLowerCase();
  const byName = (table: DrawnTable) => (words.every((word) => table.entity.name.toLowerCase().includes(word)) ? 0 : 1);
  return tables
    .filter((table) => words.every((word) => textOf(table).includes(word)))
    .toSorted((a, b) => byName(a) - byName(b));
}
