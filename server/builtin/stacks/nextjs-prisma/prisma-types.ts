import { toCamelCase } from "#server/builtin/entity-names.ts";
import type { FieldKind, PlannedField } from "#server/builtin/project-plan.ts";

const prismaKinds: Record<Exclude<FieldKind, "enum">, { type: string; native: string | null }> = {
  string: { type: "String", native: "@db.VarChar(200)" },
  text: { type: "String", native: null },
  integer: { type: "Int", native: null },
  decimal: { type: "Decimal", native: "@db.Decimal(12, 2)" },
  boolean: { type: "Boolean", native: null },
  date: { type: "DateTime", native: "@db.Date" },
  datetime: { type: "DateTime", native: null },
  uuid: { type: "String", native: "@db.Uuid" },
  email: { type: "String", native: "@db.VarChar(320)" },
  url: { type: "String", native: "@db.VarChar(2048)" },
  json: { type: "Json", native: null },
};

/** The spelling of field names in a project's models. */
export type FieldCase = "camel" | "snake";

/** `dueDate`, or `due_date` if the project uses that. */
export function spellField({ name, fieldCase }: { name: string; fieldCase: FieldCase }): string {
  return fieldCase === "camel" ? toCamelCase(name) : name;
}

/** An enum value as an identifier of the schema language, which must start with a letter. */
export function enumValue(value: string): string {
  const name = value.replace(/[^A-Za-z0-9_]+/g, "_");
  return /^[A-Za-z]/.test(name) ? name : `v${name}`;
}

/**
 * The three columns of a field's line: name, type, attributes.
 *
 * @param hasNativeTypes whether the database is PostgreSQL, whose column types the templates use
 */
export function prismaFieldLine({
  field,
  fieldCase,
  hasNativeTypes,
}: {
  field: PlannedField;
  fieldCase: FieldCase;
  hasNativeTypes: boolean;
}): [name: string, type: string, attributes: string] {
  const { type, native } =
    field.enumType !== null
      ? { type: field.enumType.name, native: null }
      : prismaKinds[field.kind === "enum" ? "string" : field.kind];
  const suffix = field.isList ? "[]" : field.isOptional ? "?" : "";
  const attributes = [
    ...(field.isUnique && !field.isList ? ["@unique"] : []),
    ...prismaDefault(field),
    ...(native === null || !hasNativeTypes ? [] : [native]),
  ];
  return [spellField({ name: field.name, fieldCase }), `${type}${suffix}`, attributes.join(" ")];
}

function prismaDefault(field: PlannedField): string[] {
  const { name, defaultValue: value, enumType, kind, isList, isGenerated } = field;
  if (isGenerated) return name === "updated_at" ? ["@updatedAt"] : ["@default(now())"];
  if (value === null || isList) return [];
  if (enumType !== null) return enumType.values.includes(value) ? [`@default(${enumValue(value)})`] : [];
  if (kind === "boolean") return value === "true" || value === "false" ? [`@default(${value})`] : [];
  if (kind === "integer") return /^-?\d+$/.test(value) ? [`@default(${Number(value)})`] : [];
  if (kind === "decimal") return /^-?\d+(?:\.\d+)?$/.test(value) ? [`@default(${value})`] : [];
  return kind === "string" || kind === "text" ? [`@default(${JSON.stringify(value)})`] : [];
}

/** True if the database fills an omitted field. */
export function hasDatabaseDefault(field: PlannedField): boolean {
  return prismaDefault(field).length > 0;
}

/** Pads the columns of a block's lines like `prisma format`. Each line has an indentation of two. */
export function alignFields(lines: readonly (readonly [string, string, string])[]): string[] {
  const nameWidth = Math.max(...lines.map(([name]) => name.length));
  const typeWidth = Math.max(...lines.map(([, type]) => type.length));
  return lines.map(([name, type, attributes]) =>
    `  ${name.padEnd(nameWidth)} ${type.padEnd(typeWidth)} ${attributes}`.trimEnd(),
  );
}
