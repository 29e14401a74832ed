import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import { extractSchemaFromPrompt, promptFieldTypes } from "./extract-from-prompt.ts";

const folder = join(import.meta.dirname, "prompt", "__fixtures__");
const separator = "\n---\n";
const fixtures = readdirSync(folder)
  .toSorted()
  .map((name): [string, string, string] => {
    const text = readFileSync(join(folder, name), "utf8");
    const at = text.lastIndexOf(separator);
    return [name.replace(/\.txt$/, ""), text.slice(0, at), text.slice(at + separator.length)];
  });

/** A schema as the fixtures show it: `?` optional, `!` unique, `[]` list, `->` reference, `=` default. */
function render({ entities, relations, enums }: CodeSchema): string {
  const lines: string[] = [];
  for (const { name, tableName, fields } of entities) {
    lines.push(`${name} (${tableName})`);
    for (const field of fields) {
      const marks = `${field.isList ? "[]" : ""}${field.isOptional ? "?" : ""}${field.isUnique ? "!" : ""}`;
      const target = field.references === undefined ? "" : ` -> ${field.references}`;
      const preset = field.defaultValue === undefined ? "" : ` = ${field.defaultValue}`;
      lines.push(`  ${field.name}${marks}: ${field.type}${target}${preset}`);
    }
    for (const { fieldName, toEntity, cardinality } of relations.filter(({ fromEntity }) => fromEntity === name)) {
      lines.push(`  ${fieldName}: ${cardinality} ${toEntity}`);
    }
  }
  for (const { name, values } of enums) lines.push(`enum ${name}: ${values.join(", ")}`);
  return lines.map((line) => `${line}\n`).join("");
}

test.each(fixtures)("%s", (_name, prompt, expected) => {
  expect(render(extractSchemaFromPrompt(prompt))).toBe(expected);
});

describe("places", () => {
  test("lines are the prompt's, and the path is the prompt", () => {
    const { entities, relations, enums } = extractSchemaFromPrompt(
      "Notes:\n\nProject: name\n\nTask:\n- title\n- status (open, done)\n- belongs to a project\n",
    );
    expect(entities.map(({ name, line, fields }) => [name, line, fields.map((field) => field.line)])).toEqual([
      ["Project", 3, [3]],
      ["Task", 5, [6, 7, 8]],
    ]);
    expect(relations.map(({ line }) => line)).toEqual([8, 8]);
    expect(enums.map(({ line }) => line)).toEqual([7]);
    expect(new Set([...entities, ...relations, ...enums].map(({ path }) => path))).toEqual(new Set(["prompt"]));
  });
});

const words =
  "a an the each task tasks project projects user users tag tags category order orders status priority title due date price email unique optional has have with many several belongs belong to and or , , ( ) : . ; \n\n - # that which is can be one of todo done draft string integer decimal default 0 class import metadata parent owner by in for app API manage create enum list one-to-one many-to-many".split(
    " ",
  );

/** Asserts every guarantee of the normal form. */
function expectNormalForm({ entities, relations, enums, routes, exports }: CodeSchema): void {
  const names = entities.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect([...routes, ...exports]).toEqual([]);
  for (const entity of entities) {
    expect(entity.name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
    expect(entity.tableName).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(entity.fields.length).toBeGreaterThan(0);
    const own = relations.filter(({ fromEntity }) => fromEntity === entity.name);
    const taken = [...entity.fields.map(({ name }) => name), ...own.map(({ fieldName }) => fieldName)];
    expect(new Set(taken).size).toBe(taken.length);
    for (const field of entity.fields) {
      expect(field.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(["id", "class", "import", "metadata"]).not.toContain(field.name);
      expect(field.isPrimaryKey).toBe(false);
      const enumName = field.type.startsWith("enum:") ? field.type.slice("enum:".length) : null;
      if (enumName === null) expect(promptFieldTypes).toContain(field.type);
      else expect(enums.map(({ name }) => name)).toContain(enumName);
      if (field.references !== undefined) expect(names).toContain(field.references);
    }
  }
  for (const { fromEntity, toEntity, fieldName } of relations) {
    expect(names).toContain(fromEntity);
    expect(names).toContain(toEntity);
    expect(fieldName).toMatch(/^[a-z][a-z0-9_]*$/);
  }
  const references = entities.flatMap(({ fields }) => fields.filter((field) => field.references !== undefined));
  const isOwning = ({ fromEntity, fieldName }: CodeSchema["relations"][number]) =>
    entities.some(
      ({ name, fields }) =>
        name === fromEntity &&
        fields.some((field) => field.name === `${fieldName}_id` && field.references !== undefined),
    );
  expect(relations.filter(isOwning)).toHaveLength(references.length);
  for (const { values } of enums) {
    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) expect(value).toMatch(/^[a-z][a-z0-9_]*$/);
  }
}

test("any words give the normal form, and the same each time", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (chosen) => {
      const prompt = chosen.join(" ");
      const schema = extractSchemaFromPrompt(prompt);
      expectNormalForm(schema);
      expect(extractSchemaFromPrompt(prompt)).toEqual(schema);
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test("a word that is not a name is not a field", () => {
  expect(
    extractSchemaFromPrompt("orders belongs or unique").entities.flatMap(({ fields }) =>
      fields.map(({ name }) => name),
    ),
  ).not.toContain("or");
});

test("any text at all gives the normal form", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (prompt) => {
      expectNormalForm(extractSchemaFromPrompt(prompt));
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test.each([
  ["words without an end", "that tasks has "],
  ["sentences", "Tasks have a title. Status can be a or b. "],
  ["entities", "Entity: a, b, c\n"],
  ["values", "status: a, b, "],
  ["open parentheses", "tasks (((( a, "],
  ["nested parentheses", "tasks (tasks "],
  ["attributes", "Tasks have a status. Status is a b. "],
  ["relative clauses", "tasks that which who have "],
  ["spaces", "tasks have a                    "],
  ["one word", "tasks"],
  ["colons", "a: b: "],
  ["bullets", "- a:\n  - b\n"],
])(
  "100 kB of %s are read within seconds",
  (_name, part) => {
    const startedMs = performance.now();
    extractSchemaFromPrompt(part.repeat(Math.ceil(100_000 / part.length)));
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  },
  30_000,
);

test("100 kB of different entities are read within seconds", () => {
  const letters = (index: number) => [...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  const prompt = Array.from(
    { length: 2_500 },
    (_, index) => `Thing${letters(index)} has a name${letters(index)} and belongs to a thing${letters(index + 1)}.`,
  ).join("\n");
  const startedMs = performance.now();
  expectNormalForm(extractSchemaFromPrompt(prompt.slice(0, 100_000)));
  expect(performance.now() - startedMs).toBeLessThan(10_000);
}, 30_000);
