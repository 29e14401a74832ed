import type { DrawnTable } from "./schema-graph.ts";

/** The tables that have all words in their name, their table or the name of a field; none without a word. */
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
