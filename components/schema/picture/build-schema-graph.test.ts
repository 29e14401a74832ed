import { describe, expect, test } from "vitest";
import {
  emptyCodeSchema,
  type CodeEntity,
  type CodeField,
  type CodeRelation,
  type CodeSchema,
} from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SchemaChange, SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { buildSchemaGraph } from "./build-schema-graph.ts";
import { describeTable } from "./describe-table.ts";
import { findTables } from "./find-tables.ts";
import type { DrawnKind, SchemaGraph } from "./schema-graph.ts";

const path = "models.py" as FilePath;

function field(name: string, more: Partial<CodeField> = {}): CodeField {
  const plain = { isOptional: false, isList: false, isPrimaryKey: name === "id", isUnique: false };
  return { name, type: "int", ...plain, path, line: 1, ...more };
}

function entity(name: string, fields: string[], more: Partial<CodeEntity> = {}): CodeEntity {
  return {
    name,
    origin: "sqlalchemy",
    kind: "table",
    fields: fields.map((each) => field(each)),
    path,
    line: 1,
    ...more,
  };
}

function relation(from: string, fieldName: string, toEntity: string, cardinality: "one" | "many"): CodeRelation {
  return { fromEntity: from, fieldName, toEntity, cardinality, path, line: 1 };
}

function schema(entities: CodeEntity[], relations: CodeRelation[] = []): CodeSchema {
  return { ...emptyCodeSchema, entities, relations };
}

function change(name: string, what: SchemaChange["change"], previousName?: string): SchemaChange {
  const isDestructive = what === "removed";
  return { change: what, name, isDestructive, path, line: 1, ...(previousName === undefined ? {} : { previousName }) };
}

function draw(
  codeSchema: CodeSchema,
  more: { before?: CodeSchema; diff?: Partial<SchemaDiff>; kinds?: DrawnKind[]; hasFields?: boolean } = {},
): SchemaGraph {
  return buildSchemaGraph({
    codeSchema,
    before: more.before,
    diff: more.diff === undefined ? undefined : { entities: [], fields: [], relations: [], routes: [], ...more.diff },
    kinds: new Set(more.kinds ?? ["table"]),
    hasFields: more.hasFields ?? true,
  });
}

function print({ tables, edges }: SchemaGraph): string[] {
  const sign = { added: "+", removed: "-", changed: "~" };
  const mark = (each: keyof typeof sign | null) => (each === null ? "" : sign[each]);
  const nameOf = (id: string) => tables.find((table) => table.id === id)?.entity.name ?? "?";
  return [
    ...tables.map(
      (table) =>
        `${mark(table.change)}${table.entity.name}(${table.rows.map((row) => mark(row.change) + row.name).join(" ")}${table.hiddenRowCount > 0 ? ` …${table.hiddenRowCount}` : ""})`,
    ),
    ...edges.map(
      (edge) =>
        `${mark(edge.change)}${nameOf(edge.from)} ${edge.isFromMany ? ">" : "1"}-${edge.isToMany ? "<" : "1"} ${nameOf(edge.to)}`,
    ),
  ];
}

describe("what is drawn", () => {
  test("only tables unless other kinds are requested; never examples", () => {
    const mixed = schema([
      entity("Task", ["id"]),
      entity("TaskCreate", ["title"], { kind: "request", origin: "pydantic" }),
      entity("TaskRead", ["title"], { kind: "response", origin: "pydantic" }),
      entity("Config", ["url"], { kind: "settings", origin: "pydantic" }),
      entity("Fake", ["id"], { isExample: true }),
    ]);
    expect(print(draw(mixed))).toEqual(["Task(id)"]);
    expect(print(draw(mixed, { kinds: ["request", "type"] }))).toEqual([
      "TaskCreate(title)",
      "TaskRead(title)",
      "Config(url)",
    ]);
  });

  test("both sides of a relation are one edge, and so is a key without a relation", () => {
    const tables = [
      entity("User", ["id"]),
      entity("Post", ["id"]),
      entity("Tag", ["id"]),
      entity("comments", [], { fields: [field("post_id", { references: "posts.id" })] }),
      entity("Other", ["id"], { tableName: "posts" }),
    ];
    const relations = [
      relation("Post", "author", "User", "one"),
      relation("User", "posts", "Post", "many"),
      relation("Post", "tags", "Tag", "many"),
      relation("Tag", "posts", "Post", "many"),
      relation("Tag", "parent", "Tag", "one"),
    ];
    const graph = draw(schema(tables, relations));
    expect(print(graph).slice(5)).toEqual(["Post >-1 User", "Post >-< Tag", "comments >-1 Other"]);
    expect(graph.tables.filter(({ isSelfRelated }) => isSelfRelated).map((table) => table.entity.name)).toEqual([
      "Tag",
    ]);
  });

  test("of many fields, changed ones and keys are drawn", () => {
    const wide = entity("Wide", [...Array.from({ length: 20 }, (_, at) => `f${at}`), "id", "last"]);
    const graph = draw(schema([wide]), { diff: { fields: [change("Wide.last", "added")] } });
    expect(print(graph)).toEqual(["Wide(f0 f1 f2 f3 f4 f5 f6 f7 f8 id +last …11)"]);
    expect(print(draw(schema([wide]), { diff: { fields: [change("Wide.last", "added")] }, hasFields: false }))).toEqual(
      ["Wide(+last)"],
    );
  });

  test("a hub's edges are hidden in a large picture, and drawn in a small one", () => {
    const build = (count: number) =>
      draw(
        schema(
          [entity("User", ["id"]), ...Array.from({ length: count }, (_, at) => entity(`T${at}`, ["id"]))],
          Array.from({ length: count }, (_, at) => relation(`T${at}`, "owner", "User", "one")),
        ),
      );
    expect(build(20).edges.some(({ isOnDemand }) => isOnDemand)).toBe(false);
    expect(build(60).edges.every(({ isOnDemand }) => isOnDemand)).toBe(true);
  });

  test("hundreds of tables are truncated, but never changed ones", () => {
    const many = schema(Array.from({ length: 500 }, (_, at) => entity(`T${at}`, ["id"])));
    const graph = draw(many, { diff: { entities: [change("T499", "added")] } });
    expect(graph.tables).toHaveLength(300);
    expect(graph.leftOutCount).toBe(200);
    expect(graph.tables.map((table) => table.entity.name)).toContain("T499");
  });
});

test("differences from the parent: added, removed, renamed", () => {
  const before = schema(
    [entity("Item", ["id", "old", "title"]), entity("Gone", ["id"]), entity("User", ["id"])],
    [relation("Item", "owner", "User", "one"), relation("Gone", "item", "Item", "one")],
  );
  const after = schema(
    [entity("Note", ["id", "title", "priority"]), entity("Tag", ["id"]), entity("User", ["id"])],
    [relation("Tag", "note", "Note", "one")],
  );
  const graph = draw(after, {
    before,
    diff: {
      entities: [change("Note", "renamed", "Item"), change("Tag", "added"), change("Gone", "removed")],
      fields: [change("Item.old", "removed"), change("Note.priority", "added")],
      relations: [change("Item.owner", "removed"), change("Gone.item", "removed"), change("Tag.note", "added")],
    },
  });
  expect(print(graph)).toEqual([
    "-Gone()",
    "~Note(id title +priority -old)",
    "+Tag(id)",
    "User(id)",
    "+Tag >-1 Note",
    "-Note >-1 User",
    "-Gone >-1 Note",
  ]);
  const [, note] = graph.tables;
  expect(note === undefined ? "" : describeTable({ table: note, graph })).toBe(
    "Note, changed; table with 3 fields; related to Tag, User, Gone; new: priority; gone: old",
  );
});

test("a search finds names before fields", () => {
  const { tables } = draw(schema([entity("Post", ["note_id"]), entity("Note", ["id"]), entity("User", ["id"])]));
  expect(findTables({ tables, query: " NOTE" }).map((table) => table.entity.name)).toEqual(["Note", "Post"]);
  expect(findTables({ tables, query: " " })).toEqual([]);
});
