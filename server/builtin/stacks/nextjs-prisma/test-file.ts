import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedField } from "#server/builtin/project-plan.ts";
import { type FieldCase, enumValue, hasDatabaseDefault, spellField } from "./prisma-types.ts";

/** `tests/<entity>-schema.test.ts` */
export function renderSchemaTest({
  entity,
  fieldCase = "camel",
  schemaPath = `../lib/schemas/${entity.names.kebab}`,
}: {
  entity: PlannedEntity;
  fieldCase?: FieldCase;
  schemaPath?: string;
}): GeneratedFile {
  const { names, fields, references } = entity;
  const required = fields.filter(
    (field) => !field.isOptional && !field.isList && !field.isGenerated && !hasDatabaseDefault(field),
  );
  const entries = [
    ...required.map((field) => `  ${spellField({ name: field.name, fieldCase })}: ${sampleValue(field)},`),
    ...references
      .filter(({ isOptional }) => !isOptional)
      .map(({ fieldName }) => `  ${spellField({ name: fieldName, fieldCase })}: 1,`),
  ];
  const refusal =
    entries.length === 0
      ? ""
      : `
  it("refuses one that lacks a required field", () => {
    expect(${names.camel}CreateSchema.safeParse({}).success).toBe(false);
  });
`;
  return {
    path: `tests/${names.kebab}-schema.test.ts`,
    text: `import { describe, expect, it } from "vitest";
import { ${names.camel}CreateSchema, ${names.camel}UpdateSchema } from "${schemaPath}";

const valid = {${entries.length === 0 ? "" : `\n${entries.join("\n")}\n`}};

describe("the ${names.words} schema", () => {
  it("takes a complete ${names.words}", () => {
    expect(${names.camel}CreateSchema.safeParse(valid).success).toBe(true);
  });
${refusal}
  it("lets an update leave everything out, and fills nothing in", () => {
    expect(${names.camel}UpdateSchema.parse({})).toEqual({});
  });
});
`,
  };
}

/** A valid value as a TypeScript expression. */
export function sampleValue({ kind, enumType, name }: PlannedField): string {
  if (enumType !== null) return JSON.stringify(enumValue(enumType.values[0] ?? ""));
  switch (kind) {
    case "integer":
      return "1";
    case "decimal":
      return "10.5";
    case "boolean":
      return "true";
    case "date":
      return `"2030-01-31"`;
    case "datetime":
      return `"2030-01-31T12:00:00Z"`;
    case "uuid":
      return `"6f1c1b5e-4a0e-4c39-9f53-0a4b7e6d2c11"`;
    case "email":
      return `"person@example.com"`;
    case "url":
      return `"https://example.com"`;
    case "json":
      return `{ key: "value" }`;
    default:
      return JSON.stringify(`Sample ${name.replaceAll("_", " ")}`);
  }
}
