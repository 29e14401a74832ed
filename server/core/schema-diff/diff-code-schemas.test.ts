import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CodeEntity, CodeField, CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { SchemaDiff } from "#lib/contracts/comparisons/schema-diff.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { assembleCodeSchema } from "../schema-extraction/assemble-code-schema.ts";
import { extractFileFacts } from "../schema-extraction/extract-file-facts.ts";
import { diffCodeSchemas } from "./diff-code-schemas.ts";

const parser = await loadSourceParser();

function read(files: Record<string, string>): CodeSchema {
  return assembleCodeSchema(
    new Map(
      Object.entries(files).flatMap(([name, text]) => {
        const path = name as FilePath;
        const facts = extractFileFacts({ path, text, parser });
        return facts === null ? [] : [[path, facts] as const];
      }),
    ),
  );
}

function print(diff: SchemaDiff): string[] {
  return Object.entries(diff).flatMap(([kind, changes]) =>
    changes.map(({ change, isDestructive, name, previousName, detail }) =>
      [
        `${kind}: ${change}${isDestructive ? "!" : ""}`,
        previousName === undefined ? name : `${previousName} → ${name}`,
        ...(detail === undefined ? [] : [`(${detail})`]),
      ].join(" "),
    ),
  );
}

const prisma = (body: string) => read({ "schema.prisma": body });

describe("fields of a table", () => {
  const base = "model Task {\n  id Int @id\n  title String @db.VarChar(80)\n  done Boolean\n  due DateTime?\n}\n";
  test.each([
    ["nothing", base, []],
    ["a dropped column", base.replace("  done Boolean\n", ""), ["fields: removed! Task.done"]],
    ["a new column", base.replace("}", "  note String?\n}"), ["fields: added Task.note"]],
    ["a renamed column in its place", base.replace("done", "finished"), ["fields: renamed Task.done → Task.finished"]],
    [
      "a column that may be empty",
      base.replace("Boolean", "Boolean?"),
      ["fields: changed Task.done (Boolean → Boolean?; required → nullable)"],
    ],
    [
      "a column that is required now",
      base.replace("DateTime?", "DateTime"),
      ["fields: changed! Task.due (DateTime? → DateTime; nullable → required)"],
    ],
    ["a number for a text", base.replace("title String", "title Int"), ["fields: changed! Task.title (String → Int)"]],
    ["a text for a number", base.replace("id Int", "id String"), ["fields: changed Task.id (Int → String)"]],
    ["a dropped table", "", ["entities: removed! Task"]],
    ["a new table", `${base}model Tag {\n  id Int @id\n}\n`, ["entities: added Tag"]],
    ["a table under another name", base.replace("Task", "Job"), ["entities: renamed Task → Job"]],
    ["comments and order", `// here\n${base.replace("  done Boolean\n", "").replace("}", "  done Boolean\n}")}`, []],
  ])("%s", (_, after, expected) => {
    expect(print(diffCodeSchemas({ before: prisma(base), after: prisma(after), prompt: "" }))).toEqual(expected);
  });
});

test("a word of the prompt that replaces another is a rename everywhere", () => {
  const python = (word: string, name: string) =>
    read({
      "app/models.py": `class ${name}(Base):\n    __tablename__ = "${word}s"\n    id = Column(Integer, primary_key=True)\n    parent_${word}_id = Column(ForeignKey("${word}s.id"))\n`,
      "app/api.py": `router = APIRouter()\n@router.get("/${word}s/{id}")\ndef read_${word}(id): ...\n`,
    });
  const diff = diffCodeSchemas({
    before: python("item", "Item"),
    after: python("note", "Note"),
    prompt: "Rename item to note",
  });
  expect(print(diff)).toEqual([
    "entities: renamed Item → Note",
    "fields: renamed Item.parent_item_id → Note.parent_note_id (refers to items.id → notes.id)",
    "routes: renamed GET /items/{id} → GET /notes/{id}",
  ]);
});

test("routes: removed, new, moved to another path, with another handler", () => {
  const api = (body: string) => read({ "api.py": `app = FastAPI()\n${body}` });
  const before = api(
    '@app.get("/a")\ndef a(): ...\n@app.post("/b")\ndef b(): ...\n@app.get("/c/{id}")\ndef c(): ...\n@app.get("/d")\ndef d(): ...\n',
  );
  const after = api(
    '@app.get("/bb")\ndef bee(): ...\n@app.get("/c/{key}")\ndef c(): ...\n@app.get("/d")\ndef delta(): ...\n@app.get("/aa")\ndef a(): ...\n',
  );
  expect(print(diffCodeSchemas({ before, after, prompt: "" }))).toEqual([
    "routes: removed! POST /b",
    "routes: added GET /bb",
    "routes: renamed GET /c/{id} → GET /c/{key}",
    "routes: renamed GET /a → GET /aa",
    "routes: changed GET /d (handler d → delta)",
  ]);
});

test("two tables that only share an id are different", () => {
  const before = prisma("model Cat {\n  id Int @id\n  fur String\n}\n");
  const after = prisma("model Invoice {\n  id Int @id\n  total Decimal\n}\n");
  expect(print(diffCodeSchemas({ before, after, prompt: "" }))).toEqual([
    "entities: removed! Cat",
    "entities: added Invoice",
  ]);
});

test("what a test declares is never destructive", () => {
  const before = read({ "tests/test_a.py": "class Fake(BaseModel):\n    a: int\n    b: int\n" });
  const after = read({ "tests/test_a.py": "class Fake(BaseModel):\n    a: int\n" });
  expect(print(diffCodeSchemas({ before, after, prompt: "" }))).toEqual(["fields: removed Fake.b"]);
});

const anyField = fc
  .record({
    name: fc.constantFrom("id", "a", "b", "c", "item_id"),
    type: fc.constantFrom("Int", "String", "Date"),
    isOptional: fc.boolean(),
  })
  .map((field): CodeField => ({
    ...field,
    isList: false,
    isPrimaryKey: false,
    isUnique: false,
    path: "m.x" as FilePath,
    line: 1,
  }));
const anyEntity = fc
  .record({
    name: fc.constantFrom("Item", "Note", "Task", "User"),
    path: fc.constantFrom("m.x", "n.x").map((path) => path as FilePath),
    fields: fc.uniqueArray(anyField, { selector: ({ name }) => name, maxLength: 5 }),
  })
  .map((entity): CodeEntity => ({ ...entity, origin: "prisma", kind: "table", line: 1 }));
const anySchema = fc
  .uniqueArray(anyEntity, { selector: ({ name }) => name, maxLength: 4 })
  .map((entities): CodeSchema => ({ entities, relations: [], enums: [], routes: [], exports: [] }));

test("a schema does not differ from itself", () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      expect(print(diffCodeSchemas({ before: schema, after: schema, prompt: "" }))).toEqual([]);
    }),
  );
});

test("each entity of the parent is kept, renamed, or reported as removed", () => {
  fc.assert(
    fc.property(anySchema, anySchema, (before, after) => {
      const { entities } = diffCodeSchemas({ before, after, prompt: "rename item to note" });
      const has = new Set(after.entities.map(({ name }) => name));
      for (const { name } of before.entities) {
        const told = entities.filter(
          ({ change, name: each, previousName }) =>
            (change === "removed" && each === name) || (change === "renamed" && previousName === name),
        );
        expect(told).toHaveLength(has.has(name) ? 0 : 1);
      }
    }),
  );
});
