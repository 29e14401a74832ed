import type { CodeEntity, CodeField, CodeSchema } from "#lib/contracts/versions/code-schema.ts";

/** Prints a code schema as lines for tests and reviewers: one for each entity, field, relation and route. */
export function printCodeSchema(schema: CodeSchema): string {
  const lines = [
    ...schema.entities.flatMap(printEntity),
    ...schema.relations.map(
      ({ fromEntity, fieldName, toEntity, cardinality, path, line }) =>
        `relation ${fromEntity}.${fieldName} -> ${cardinality} ${toEntity} [${path}:${line}]`,
    ),
    ...schema.enums.map(({ name, values, path, line }) => `enum ${name}: ${values.join(" | ")} [${path}:${line}]`),
    ...schema.routes.map(
      ({ method, route, handler, isExample, path, line }) =>
        `route ${isExample === true ? "(example) " : ""}${method} ${route} ${handler} [${path}:${line}]`,
    ),
    ...schema.exports.map(({ name, kind, path, line }) => `export ${kind} ${name} [${path}:${line}]`),
  ];
  return `${lines.join("\n")}\n`;
}

function printEntity({ name, origin, kind, tableName, isExample, fields, keys, path, line }: CodeEntity): string[] {
  const table = tableName === undefined ? "" : ` table=${tableName}`;
  return [
    `${kind} ${origin} ${name}${table}${isExample === true ? " (example)" : ""} [${path}:${line}]`,
    ...fields.map((field) => printField({ field, path })),
    ...(keys ?? []).map((key) => `  ${key.kind} (${key.fields.join(", ")})`),
  ];
}

function printField({ field, path }: { field: CodeField; path: string }): string {
  const marks = [
    field.isOptional && "optional",
    field.isList && "list",
    field.isPrimaryKey && "primary",
    field.isUnique && "unique",
    field.references !== undefined && `-> ${field.references}`,
    field.defaultValue !== undefined && `= ${field.defaultValue}`,
  ].filter((mark) => mark !== false);
  const place = field.path === path ? `:${field.line}` : `${field.path}:${field.line}`;
  return `  ${[`${field.name}: ${field.type}`, ...marks].join(", ")} [${place}]`;
}
