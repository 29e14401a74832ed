import type { CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { TableConstraint } from "./extract-file-facts.ts";

/** Applies a constraint to the fields and keys of its table. */
export function applyConstraint({
  fields,
  keys,
  constraint,
}: {
  fields: readonly CodeField[];
  keys: CodeKey[];
  constraint: TableConstraint;
}): void {
  const { kind, fields: names } = constraint;
  for (const field of fields) {
    const place = names.indexOf(field.name);
    if (place === -1) continue;
    if (kind === "primary") Object.assign(field, { isPrimaryKey: true, isOptional: false });
    if (kind === "unique" && names.length === 1) field.isUnique = true;
    if (kind === "foreign") {
      const { table, fields: targets } = constraint.references;
      const target = targets[place];
      field.references = target === undefined ? table : `${table}.${target}`;
    }
  }
  if (kind === "unique" && names.length > 1) keys.push({ kind, fields: names });
  if (kind === "index") keys.push({ kind, fields: names });
}
