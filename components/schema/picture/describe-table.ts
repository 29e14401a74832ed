import type { DrawnEdge, DrawnTable, SchemaGraph } from "./schema-graph.ts";

const maxNamed = 8;

/** A table in words, for users who cannot see the picture: kind, relations and changes. */
export function describeTable({ table, graph }: { table: DrawnTable; graph: SchemaGraph }): string {
  const { entity, kind, change, rows } = table;
  const related = listRelated({ table, graph }).map(({ other }) => other.entity.name);
  const ofRows = (wanted: DrawnTable["change"]) => rows.filter((row) => row.change === wanted).map(({ name }) => name);
  return [
    [entity.name, ...(change === null ? [] : [changeWords[change]])].join(", "),
    `${kind}${entity.tableName === undefined ? "" : ` ${entity.tableName}`} with ${entity.fields.length} ${entity.fields.length === 1 ? "field" : "fields"}`,
    related.length === 0 ? "no relations" : `related to ${listNames(related)}`,
    ...(["added", "removed", "changed"] as const).flatMap((each) =>
      ofRows(each).length === 0 ? [] : [`${changeWords[each]}: ${listNames(ofRows(each))}`],
    ),
  ].join("; ");
}

const changeWords = { added: "new", removed: "gone", changed: "changed" } as const;

function listNames(names: readonly string[]): string {
  const named = names.slice(0, maxNamed).join(", ");
  return names.length > maxNamed ? `${named} and ${names.length - maxNamed} more` : named;
}

/** The tables at the other ends of a table's edges. */
export function listRelated({
  table,
  graph,
}: {
  table: DrawnTable;
  graph: Pick<SchemaGraph, "tables" | "edges">;
}): { edge: DrawnEdge; other: DrawnTable }[] {
  return graph.edges.flatMap((edge) => {
    if (edge.from !== table.id && edge.to !== table.id) return [];
    const otherId = edge.from === table.id ? edge.to : edge.from;
    const other = graph.tables.find(({ id }) => id === otherId);
    return other === undefined ? [] : [{ edge, other }];
  });
}
