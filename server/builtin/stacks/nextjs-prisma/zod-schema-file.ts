import { pluralizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import { toCamelCase, withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedField } from "#server/builtin/project-plan.ts";
import { type FieldCase, enumValue, hasDatabaseDefault, spellField } from "./prisma-types.ts";

/** `lib/schemas/<entity>.ts` */
export function renderZodFile({
  entity,
  fieldCase = "camel",
  path = `lib/schemas/${entity.names.kebab}.ts`,
}: {
  entity: PlannedEntity;
  fieldCase?: FieldCase;
  path?: string;
}): GeneratedFile {
  const { names, fields, references } = entity;
  const enums = fields.flatMap((field) => (field.enumType === null ? [] : [renderZodEnum(field)]));
  const lines = [
    ...fields.filter(({ isGenerated }) => !isGenerated).map((field) => zodFieldLine({ field, fieldCase })),
    ...references.map(
      ({ fieldName, isOptional }) =>
        `  ${spellField({ name: fieldName, fieldCase })}: z.int().positive()${isOptional ? ".nullish()" : ""},`,
    ),
  ];
  const sections = [
    `import { z } from "zod";`,
    ...enums,
    `/** What a client sends to create ${withArticle(names.words)}. */\nexport const ${names.camel}CreateSchema = z.object({\n${lines.join("\n")}\n});`,
    `/** What a client sends to change one: what is left out keeps its value. */\nexport const ${names.camel}UpdateSchema = ${names.camel}CreateSchema.partial();`,
    `export type ${names.className}Create = z.infer<typeof ${names.camel}CreateSchema>;\nexport type ${names.className}Update = z.infer<typeof ${names.camel}UpdateSchema>;`,
  ];
  return { path, text: `${sections.join("\n\n")}\n` };
}

/** The values of an enum field as a constant, no trailing newline. */
export function renderZodEnum({ enumType }: PlannedField): string {
  const values = enumType?.values ?? [];
  return `export const ${enumConstant(enumType?.name ?? "")} = [${values.map((value) => JSON.stringify(enumValue(value))).join(", ")}] as const;`;
}

/** `TaskStatus` to `taskStatuses`. */
export function enumConstant(enumName: string): string {
  return pluralizeNoun(toCamelCase(enumName));
}

/**
 * One property of the create schema, with an indentation of two. Fields with a database default are optional; a default
 * in the schema would also be applied by every update that omits the field.
 */
export function zodFieldLine({ field, fieldCase }: { field: PlannedField; fieldCase: FieldCase }): string {
  const single = zodType(field);
  const type = field.isList ? `z.array(${single})` : single;
  const isNullable = field.isOptional && !field.isList && field.kind !== "json";
  const mayBeLeftOut = field.isOptional || field.isList || hasDatabaseDefault(field);
  return `  ${spellField({ name: field.name, fieldCase })}: ${type}${isNullable ? ".nullish()" : mayBeLeftOut ? ".optional()" : ""},`;
}

/** The schema of one value. */
export function zodType({ kind, enumType, name }: PlannedField): string {
  if (enumType !== null) return `z.enum(${enumConstant(enumType.name)})`;
  switch (kind) {
    case "text":
      return "z.string()";
    case "integer":
      return "z.int()";
    case "decimal":
      return /price|cost|amount|total|fee|salary/.test(name) ? "z.number().nonnegative()" : "z.number()";
    case "boolean":
      return "z.boolean()";
    case "date":
      return "z.iso.date().transform((text) => new Date(text))";
    case "datetime":
      return "z.iso.datetime({ offset: true }).transform((text) => new Date(text))";
    case "uuid":
      return "z.uuid()";
    case "email":
      return "z.email().max(320)";
    case "url":
      return "z.url({ protocol: /^https?$/ }).max(2048)";
    case "json":
      return "z.record(z.string(), z.json())";
    default:
      return "z.string().min(1).max(200)";
  }
}
