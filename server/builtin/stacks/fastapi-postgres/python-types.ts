import type { FieldKind, PlannedField } from "#server/builtin/project-plan.ts";
import { type PythonImport, quotePython } from "./python-source.ts";

type PythonKind = {
  /** The annotation in models and API schemas. */
  annotation: string;
  /** The column's type, written with `import sqlalchemy as sa`. */
  column: string;
  imports: PythonImport[];
};

/**
 * `dt` and `sa` are module aliases because a field may be called `date` and an entity `Table`, which must not shadow
 * types with these names.
 */
const kinds: Record<Exclude<FieldKind, "enum">, PythonKind> = {
  string: { annotation: "str", column: "sa.String(200)", imports: [] },
  text: { annotation: "str", column: "sa.Text", imports: [] },
  integer: { annotation: "int", column: "sa.Integer", imports: [] },
  decimal: { annotation: "Decimal", column: "sa.Numeric(12, 2)", imports: [{ module: "decimal", name: "Decimal" }] },
  boolean: { annotation: "bool", column: "sa.Boolean", imports: [] },
  date: { annotation: "dt.date", column: "sa.Date", imports: [{ module: "datetime", alias: "dt" }] },
  datetime: {
    annotation: "dt.datetime",
    column: "sa.DateTime(timezone=True)",
    imports: [{ module: "datetime", alias: "dt" }],
  },
  uuid: { annotation: "UUID", column: "sa.Uuid", imports: [{ module: "uuid", name: "UUID" }] },
  email: { annotation: "str", column: "sa.String(320)", imports: [] },
  url: { annotation: "str", column: "sa.String(2048)", imports: [] },
  json: { annotation: "dict[str, Any]", column: "sa.JSON", imports: [{ module: "typing", name: "Any" }] },
};

/** The column's maximum enum value length; `app/database.py` sets the same one. */
export const enumColumnLength = 32;

/** The field's Python type without `| None`. */
export function pythonAnnotation(field: PlannedField): string {
  const single = field.enumType === null ? kinds[plainKind(field)].annotation : field.enumType.name;
  return field.isList ? `list[${single}]` : single;
}

/** The column's type in a migration or a model. Enums are stored as text, so that a new value needs no ALTER TYPE. */
export function columnType(field: PlannedField): string {
  if (field.isList) return "sa.JSON";
  return field.enumType === null ? kinds[plainKind(field)].column : `sa.String(${enumColumnLength})`;
}

/** The imports of the annotation, except the enum itself. */
export function annotationImports(field: PlannedField): PythonImport[] {
  return field.enumType === null ? kinds[plainKind(field)].imports : [];
}

/** The default as a Python expression; null if none fits the field's type. */
export function pythonDefault(field: PlannedField): string | null {
  const { defaultValue: value, enumType } = field;
  if (value === null || field.isList) return null;
  if (enumType !== null) return enumType.values.includes(value) ? `${enumType.name}.${enumMember(value)}` : null;
  switch (field.kind) {
    case "integer":
      return /^-?\d+$/.test(value) ? String(Number(value)) : null;
    case "decimal":
      return /^-?\d+(?:\.\d+)?$/.test(value) ? `Decimal(${quotePython(value)})` : null;
    case "boolean":
      return value === "true" ? "True" : value === "false" ? "False" : null;
    case "string":
    case "text":
      return quotePython(value);
    default:
      return null;
  }
}

/**
 * The `server_default` argument that fills a new column in existing rows: the field's default, or for a required field
 * without one the emptiest value of its type. Null if null is allowed.
 */
export function serverDefault(field: PlannedField): string | null {
  const { defaultValue: value, kind, isList, isOptional, enumType } = field;
  if (value !== null && pythonDefault(field) !== null) return kind === "boolean" ? `sa.${value}()` : quotePython(value);
  if (isOptional) return null;
  if (isList) return quotePython("[]");
  if (enumType !== null) return quotePython(enumType.values[0] ?? "");
  return emptyValues[kind] ?? quotePython("");
}

const emptyValues: Partial<Record<FieldKind, string>> = {
  integer: quotePython("0"),
  decimal: quotePython("0"),
  boolean: "sa.false()",
  date: `sa.text("CURRENT_DATE")`,
  datetime: "sa.func.now()",
  uuid: `sa.text("gen_random_uuid()")`,
  json: quotePython("{}"),
};

/** Converts `in_progress` to `IN_PROGRESS`; a value that starts with a digit gets a letter before it. */
export function enumMember(value: string): string {
  const name = value.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return /^\d/.test(name) ? `V${name}` : name;
}

/** The class of an enum, without a trailing newline. */
export function renderEnumClass({
  name,
  values,
  owner,
  fieldName,
}: {
  name: string;
  values: string[];
  owner: string;
  fieldName: string;
}): string {
  const members = values.map((value) => `    ${enumMember(value)} = ${quotePython(value)}`);
  return `class ${name}(str, enum.Enum):\n    """Allowed values of ${owner}.${fieldName}."""\n\n${members.join("\n")}`;
}

function plainKind({ kind }: PlannedField): Exclude<FieldKind, "enum"> {
  return kind === "enum" ? "string" : kind;
}
