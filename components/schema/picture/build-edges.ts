import type { SchemaDiff, SchemaTables } from "#lib/contracts/comparisons/schema-diff.ts";
import type { DrawnChange, DrawnEdge, DrawnTable } from "./schema-graph.ts";

/** Up to this many boxes, all edges are traceable. */
const maxTablesWithAllLines = 30;
const maxLinesOfHub = 10;

type Link = { from: DrawnTable; to: DrawnTable; field: string; isMany: boolean; change: DrawnChange | null };

/** One edge for each two related tables, however many fields relate them. */
export function buildEdges({
  tables,
  codeSchema,
  before,
  diff,
}: {
  tables: readonly DrawnTable[];
  codeSchema: SchemaTables;
  before: SchemaTables | undefined;
  diff: SchemaDiff | undefined;
}): { edges: DrawnEdge[]; selfRelated: ReadonlySet<string>; hubs: string[] } {
  const links = listLinks({ tables, codeSchema, before, diff });
  const pairs = Map.groupBy(
    links.filter(({ from, to }) => from !== to),
    ({ from, to }) => [from.id, to.id].toSorted().join("\n"),
  );
  const edges = [...pairs.values()].flatMap((pair) => joinLinks(pair) ?? []);
  const ends = Map.groupBy(
    edges.flatMap(({ from, to }) => [from, to]),
    (id) => id,
  );
  const hubs =
    tables.length <= maxTablesWithAllLines
      ? []
      : [...ends].filter(([, lines]) => lines.length > maxLinesOfHub).map(([id]) => id);
  return {
    edges: edges.map((edge) => ({
      ...edge,
      isOnDemand: edge.change === null && (hubs.includes(edge.from) || hubs.includes(edge.to)),
    })),
    selfRelated: new Set(links.flatMap(({ from, to }) => (from === to ? [from.id] : []))),
    hubs,
  };
}

function listLinks({
  tables,
  codeSchema,
  before,
  diff,
}: {
  tables: readonly DrawnTable[];
  codeSchema: SchemaTables;
  before: SchemaTables | undefined;
  diff: SchemaDiff | undefined;
}): Link[] {
  const find = createFinder(tables);
  const changed = new Map(
    diff?.relations.filter(({ change }) => change !== "removed").map(({ name, change }) => [name, change]),
  );
  const gone = new Set(diff?.relations.filter(({ change }) => change === "removed").map(({ name }) => name));
  const renamed = new Map(
    diff?.entities.flatMap(({ name, previousName }) => (previousName === undefined ? [] : [[previousName, name]])),
  );
  const links = codeSchema.relations.flatMap(({ fromEntity, fieldName, toEntity, cardinality, path }): Link[] => {
    const from = find({ name: fromEntity, path });
    const to = find({ name: toEntity, path });
    if (from === null || to === null) return [];
    const change = changed.get(`${fromEntity}.${fieldName}`);
    return [
      {
        from,
        to,
        field: fieldName,
        isMany: cardinality === "many",
        change: change === undefined ? null : change === "added" ? "added" : "changed",
      },
    ];
  });
  const ofKeys = tables.flatMap((from) =>
    from.change === "removed"
      ? []
      : from.entity.fields.flatMap(({ name, references = "" }): Link[] => {
          const to =
            references === "" ? null : find({ name: references.replace(/\.[^.]*$/, ""), path: from.entity.path });
          const isTold = to === null || links.some((link) => link.from === from && link.to === to && !link.isMany);
          const row = from.rows.find((each) => each.name === name);
          return isTold ? [] : [{ from, to, field: name, isMany: false, change: row?.change ?? null }];
        }),
  );
  const lost = (before?.relations ?? []).flatMap(({ fromEntity, fieldName, toEntity, cardinality, path }): Link[] => {
    if (!gone.has(`${fromEntity}.${fieldName}`)) return [];
    const from = find({ name: renamed.get(fromEntity) ?? fromEntity, path });
    const to = find({ name: renamed.get(toEntity) ?? toEntity, path });
    return from === null || to === null
      ? []
      : [{ from, to, field: fieldName, isMany: cardinality === "many", change: "removed" }];
  });
  return [...links, ...ofKeys, ...lost];
}

/** Resolves entities by name or table. Of several, the one in the same file is preferred, then an existing one. */
function createFinder(tables: readonly DrawnTable[]): (reference: { name: string; path: string }) => DrawnTable | null {
  const named = new Map<string, DrawnTable[]>();
  for (const table of tables)
    for (const name of new Set([table.entity.name, table.entity.tableName ?? ""])) {
      const key = name.toLowerCase();
      if (key !== "") named.set(key, [...(named.get(key) ?? []), table]);
    }
  return ({ name, path }) => {
    const found = named.get(name.toLowerCase()) ?? named.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? [];
    return (
      found.find(({ entity, change }) => entity.path === path && change !== "removed") ??
      found.find(({ change }) => change !== "removed") ??
      found[0] ??
      null
    );
  };
}

function joinLinks(links: readonly Link[]): DrawnEdge | null {
  // An edge starts at the table with the foreign key.
  const first = links.find(({ isMany }) => !isMany) ?? links[0];
  if (first === undefined) return null;
  const says = (from: DrawnTable, isMany: boolean) =>
    links.some((link) => link.from === from && link.isMany === isMany);
  const isToMany = says(first.from, true) && !says(first.from, false);
  const isFromMany = says(first.to, true) || (!says(first.to, false) && says(first.from, false));
  const changes = new Set(links.map(({ change }) => change));
  const ends = [first.from.change, first.to.change];
  const only = changes.size === 1 ? first.change : changes.size === 0 ? null : "changed";
  return {
    id: `${first.from.id} ${first.to.id}`,
    from: first.from.id,
    to: first.to.id,
    label: [...new Set(links.map(({ from, field }) => `${from.entity.name}.${field}`))].join(", "),
    isFromMany,
    isToMany,
    change: ends.includes("removed") ? "removed" : ends.includes("added") ? "added" : only,
    isOnDemand: false,
  };
}
