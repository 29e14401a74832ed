import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SchemaChange, SchemaDiff, SchemaTables } from "#lib/contracts/comparisons/schema-diff.ts";
import type { CodeEntity, CodeField } from "#lib/contracts/versions/code-schema.ts";
import { buildSchemaGraph } from "#components/schema/picture/build-schema-graph.ts";
import { isChanged, keepChanged } from "#components/schema/picture/keep-changed.ts";
import { narrowToChanges } from "./narrow-to-changes.ts";

const place = { path: "schema.prisma" as FilePath, line: 1 };

function field(name: string, references?: string): CodeField {
  const flags = { isOptional: false, isList: false, isPrimaryKey: false, isUnique: false };
  return { ...place, ...flags, name, type: "Int", ...(references === undefined ? {} : { references }) };
}

function entity(name: string, fields: CodeField[] = []): CodeEntity {
  return { ...place, name, origin: "prisma", kind: "table", tableName: `public.${name.toLowerCase()}s`, fields };
}

function change(name: string, other: Partial<SchemaChange> = {}): SchemaChange {
  return { ...place, change: "changed", isDestructive: false, name, ...other };
}

const noDiff: SchemaDiff = { entities: [], fields: [], relations: [], routes: [] };

test("what differs is whole, what it relates to has only the fields that relate it, and the rest is left out", () => {
  const codeSchema: SchemaTables = {
    entities: [
      entity("Note", [field("id"), field("userId", "public.users.id")]),
      entity("User", [field("id"), field("teamId", "teams.id")]),
      entity("Tag", [field("id"), field("noteId", "Note.id")]),
      entity("Team", [field("id")]),
      entity("Page", [field("id")]),
      entity("Far", [field("id")]),
    ],
    relations: [
      { ...place, fromEntity: "Page", fieldName: "notes", toEntity: "Note", cardinality: "many" },
      { ...place, fromEntity: "Far", fieldName: "team", toEntity: "Team", cardinality: "one" },
    ],
  };
  const diff = { ...noDiff, fields: [change("Note.id")] };
  const { after: narrowed } = narrowToChanges({ before: { entities: [], relations: [] }, after: codeSchema, diff });
  expect(narrowed.entities.map(({ name, fields }) => [name, ...fields.map((each) => each.name)])).toEqual([
    ["Note", "id", "userId"],
    ["User", "teamId"],
    ["Tag", "noteId"],
    ["Page"],
  ]);
  expect(narrowed.relations.map(({ fromEntity }) => fromEntity)).toEqual(["Page"]);
});

test("an entity is found by its name in either version", () => {
  const diff = { ...noDiff, entities: [change("Remark", { change: "renamed", previousName: "Note" })] };
  const tables = (...list: string[]): SchemaTables => ({ entities: list.map((name) => entity(name)), relations: [] });
  expect(narrowToChanges({ before: tables("Note", "Far"), after: tables("Remark", "Far"), diff })).toEqual({
    before: tables("Note"),
    after: tables("Remark"),
  });
});

const names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
const anyName = fc.constantFrom(...names);
const anyReference = fc.tuple(anyName, fc.constantFrom(0, 1, 2)).map(([name, form]) => {
  const table = `${name.toLowerCase()}s`;
  return [`${name}.id`, `${table}.id`, `public.${table}.id`][form] ?? "";
});
const anyTables: fc.Arbitrary<SchemaTables> = fc.record({
  entities: fc
    .array(
      fc
        .tuple(anyName, fc.array(fc.option(anyReference, { nil: undefined }), { maxLength: 3 }))
        .map(([name, references]) =>
          entity(
            name,
            references.map((reference, at) => field(`f${at}`, reference)),
          ),
        ),
      { maxLength: 14 },
    )
    .map((entities) => entities.map((each, line) => ({ ...each, line }))),
  relations: fc.array(
    fc.record({
      path: fc.constant(place.path),
      line: fc.constant(1),
      fromEntity: anyName,
      fieldName: fc.constantFrom("r0", "r1"),
      toEntity: anyName,
      cardinality: fc.constantFrom("one" as const, "many" as const),
    }),
    { maxLength: 16 },
  ),
});
const anyKind = fc.constantFrom("added" as const, "removed" as const, "changed" as const);
const anyDiff: fc.Arbitrary<SchemaDiff> = fc.record({
  entities: fc.array(
    fc.tuple(anyName, anyKind).map(([name, kind]) => change(name, { change: kind })),
    { maxLength: 3 },
  ),
  fields: fc.array(
    fc.tuple(anyName, fc.nat(2), anyKind).map(([name, at, kind]) => change(`${name}.f${at}`, { change: kind })),
    { maxLength: 3 },
  ),
  relations: fc.array(
    fc.tuple(anyName, fc.nat(1), anyKind).map(([name, at, kind]) => change(`${name}.r${at}`, { change: kind })),
    { maxLength: 3 },
  ),
  routes: fc.constant([]),
});

test("a picture shows the same differences as one of the whole schemas, and nothing that it has not", () => {
  const draw = ({ after, before, diff }: { after: SchemaTables; before: SchemaTables; diff: SchemaDiff }) => {
    const kinds = new Set(["table" as const]);
    const whole = buildSchemaGraph({ codeSchema: after, before, diff, kinds, hasFields: false });
    const { tables, edges, leftOutCount } = keepChanged(whole);
    const differing = {
      tables: tables.filter(isChanged).map(({ id, change: own, rows }) => ({ id, own, rows })),
      edges: edges.filter((edge) => edge.change !== null),
      leftOutCount,
    };
    return { differing, ids: whole.tables.map(({ id }) => id) };
  };
  fc.assert(
    fc.property(anyTables, anyTables, anyDiff, (after, before, diff) => {
      const narrowed = draw({ ...narrowToChanges({ before, after, diff }), diff });
      const whole = draw({ after, before, diff });
      expect(narrowed.differing).toEqual(whole.differing);
      expect(whole.ids).toEqual(expect.arrayContaining(narrowed.ids));
    }),
    { numRuns: 2_000 },
  );
});
