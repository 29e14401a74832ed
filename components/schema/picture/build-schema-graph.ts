import type { CodeEntity, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange, SchemaDiff, SchemaTables } from "#lib/contracts/comparisons/schema-diff.ts";
import { buildEdges } from "./build-edges.ts";
import { isChanged } from "./keep-changed.ts";
import {
  drawnKindOf,
  type DrawnChange,
  type DrawnKind,
  type DrawnRow,
  type DrawnTable,
  type SchemaGraph,
} from "./schema-graph.ts";

/** With more boxes the picture is unreadable; the list has all. */
const maxTables = 300;
const maxRows = 12;
const tableWidthPx = 216;
export const headHeightPx = 30;
export const rowHeightPx = 18;

/**
 * The drawn part of a schema: entities of the requested kinds, their relations, and the differences from the parent.
 * Removed things come from `before`.
 */
export function buildSchemaGraph({
  codeSchema,
  before,
  diff,
  kinds,
  hasFields,
}: {
  codeSchema: SchemaTables;
  before: SchemaTables | undefined;
  diff: SchemaDiff | undefined;
  kinds: ReadonlySet<DrawnKind>;
  /** Whether unchanged fields are drawn. */
  hasFields: boolean;
}): SchemaGraph {
  const isWanted = ({ kind, isExample }: CodeEntity) => isExample !== true && kinds.has(drawnKindOf[kind]);
  const changes = readChanges({ diff, before });
  const gone = (before?.entities ?? []).filter(
    (entity) => isWanted(entity) && changes.goneEntities.has(`${entity.path}:${entity.name}`),
  );
  const all = [
    ...gone.map((entity) => drawGone(entity)),
    ...codeSchema.entities.filter(isWanted).map((entity) => drawTable({ entity, changes, hasFields })),
  ];
  // Changed entities are always drawn.
  const drawn = all.length <= maxTables ? all : all.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, maxTables);
  const { edges, selfRelated, hubs } = buildEdges({ tables: drawn, codeSchema, before, diff });
  const tables = drawn.map((table) => (selfRelated.has(table.id) ? { ...table, isSelfRelated: true } : table));
  return { tables, edges, hubs, leftOutCount: all.length - tables.length };
}

function rankOf(table: DrawnTable): number {
  return isChanged(table) ? 0 : 1;
}

type Changes = {
  entities: ReadonlyMap<string, SchemaChange>;
  fields: ReadonlyMap<string, SchemaChange>;
  /** By the entity's name in the parent. */
  goneFields: ReadonlyMap<string, CodeField[]>;
  goneEntities: ReadonlySet<string>;
};

function readChanges({ diff, before }: { diff: SchemaDiff | undefined; before: SchemaTables | undefined }): Changes {
  const remaining = (list: readonly SchemaChange[]) =>
    new Map(list.filter(({ change }) => change !== "removed").map((change) => [change.name, change]));
  const removedFields = new Set(diff?.fields.filter(({ change }) => change === "removed").map(({ name }) => name));
  const removedEntities = diff?.entities.filter(({ change }) => change === "removed") ?? [];
  return {
    entities: remaining(diff?.entities ?? []),
    fields: remaining(diff?.fields ?? []),
    goneFields: new Map(
      (before?.entities ?? []).map(({ name, fields }) => [
        name,
        fields.filter((field) => removedFields.has(`${name}.${field.name}`)),
      ]),
    ),
    goneEntities: new Set(removedEntities.map(({ path, name }) => `${path}:${name}`)),
  };
}

function toDrawnChange(change: SchemaChange | undefined): DrawnChange | null {
  if (change === undefined) return null;
  return change.change === "renamed" ? "changed" : change.change;
}

function toRow(field: CodeField, change: DrawnChange | null): DrawnRow {
  const mark = field.isPrimaryKey ? "key" : field.references === undefined ? null : "foreign";
  return { name: field.name, type: field.type, mark, change };
}

function drawGone(entity: CodeEntity): DrawnTable {
  return makeBox({ entity, change: "removed", rows: [], hiddenRowCount: 0, idPrefix: "gone:" });
}

function drawTable({
  entity,
  changes,
  hasFields,
}: {
  entity: CodeEntity;
  changes: Changes;
  hasFields: boolean;
}): DrawnTable {
  const own = changes.entities.get(entity.name);
  const change = toDrawnChange(own);
  const rows = entity.fields.map((field) =>
    // Everything in a new table is new; its box says so once.
    toRow(field, change === "added" ? null : toDrawnChange(changes.fields.get(`${entity.name}.${field.name}`))),
  );
  const gone = changes.goneFields.get(own?.previousName ?? entity.name) ?? [];
  const chosen = chooseRows([...rows, ...gone.map((field) => toRow(field, "removed"))], hasFields);
  return makeBox({
    entity,
    change,
    rows: chosen,
    hiddenRowCount: hasFields ? rows.length + gone.length - chosen.length : 0,
    idPrefix: "",
  });
}

/** Prefers changes, then keys, then references, then the rest; drawn in source order. */
function chooseRows(rows: readonly DrawnRow[], hasFields: boolean): DrawnRow[] {
  const weigh = ({ change, mark }: DrawnRow) => (change !== null ? 0 : mark === "key" ? 1 : mark === "foreign" ? 2 : 3);
  const wanted = hasFields ? rows : rows.filter(({ change }) => change !== null);
  if (wanted.length <= maxRows) return [...wanted];
  const kept = new Set(wanted.toSorted((a, b) => weigh(a) - weigh(b)).slice(0, maxRows - 1));
  return wanted.filter((row) => kept.has(row));
}

function makeBox({
  entity,
  idPrefix,
  ...rest
}: Pick<DrawnTable, "entity" | "change" | "rows" | "hiddenRowCount"> & { idPrefix: string }): DrawnTable {
  const lines = rest.rows.length + (rest.hiddenRowCount > 0 ? 1 : 0);
  return {
    ...rest,
    entity,
    id: `${idPrefix}${entity.path}:${entity.line}:${entity.name}`,
    kind: drawnKindOf[entity.kind],
    isSelfRelated: false,
    widthPx: tableWidthPx,
    heightPx: headHeightPx + (lines === 0 ? 0 : lines * rowHeightPx + 6),
  };
}
