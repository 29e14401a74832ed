import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { lastName, readCall, readString, type PythonAssignment, type PythonCall } from "./python-syntax.ts";
import { spell } from "../spell-node.ts";
import { readMappedType } from "./sqlalchemy-relationships.ts";

export const emptyField = { type: "", isOptional: false, isList: false, isPrimaryKey: false, isUnique: false };

/** `name = Column(…)`, `name: Mapped[str] = mapped_column(…)` and `name: Mapped[str]`; null for anything else. */
export function readColumn({ assignment, path }: { assignment: PythonAssignment; path: FilePath }): CodeField | null {
  if (assignment.name.startsWith("__")) return null;
  const call = readCall(assignment.value);
  const mapped = readMappedType(assignment.annotation);
  if (mapped?.isCollection === true) return null;
  const isColumn = call !== null && /^(?:Column|mapped_column|column_property|deferred)$/.test(lastName(call.callee));
  if (!isColumn && !(mapped !== null && assignment.value === null)) return null;
  const field = readMappedField({ assignment, type: mapped?.type ?? "", path });
  if (call !== null) readColumnArguments({ call, field, hasMappedType: mapped !== null });
  return field;
}

function readMappedField({
  assignment,
  type,
  path,
}: {
  assignment: PythonAssignment;
  type: string;
  path: FilePath;
}): CodeField {
  return {
    ...emptyField,
    name: assignment.name,
    type: type
      .replace(/^(?:\w+\.)?Optional\[(.*)\]$/, "$1")
      .replace(/\s*\|\s*None$/, "")
      .replace(/^None\s*\|\s*/, ""),
    isOptional: /^(?:\w+\.)?Optional\[/.test(type) || /(?:^None\s*\||\|\s*None$)/.test(type),
    isList: /^(?:(?:\w+\.)?Optional\[)?(?:list|List|set|Set)\[/.test(type),
    path,
    line: assignment.line,
  };
}

/** Adds the facts in a column's arguments to `field`. */
export function readColumnArguments({
  call,
  field,
  hasMappedType,
}: {
  call: PythonCall;
  field: CodeField;
  hasMappedType: boolean;
}): void {
  for (const argument of call.positional) readPositional({ argument, field });
  const isTrue = (keyword: string) => call.keywords.get(keyword)?.text === "True";
  const typeKeyword = call.keywords.get("type_");
  if (typeKeyword !== undefined) field.type = spell(typeKeyword);
  field.isPrimaryKey ||= isTrue("primary_key");
  field.isUnique ||= isTrue("unique");
  if (call.keywords.has("nullable")) field.isOptional = isTrue("nullable");
  // A Column is nullable by default; a Mapped annotation is explicit.
  else if (!hasMappedType) field.isOptional = !field.isPrimaryKey;
  const defaultNode =
    call.keywords.get("default") ??
    call.keywords.get("server_default") ??
    call.keywords.get("default_factory") ??
    call.keywords.get("insert_default");
  if (defaultNode !== undefined) field.defaultValue = spell(defaultNode);
}

function readPositional({ argument, field }: { argument: Node; field: CodeField }): void {
  const inner = readCall(argument);
  const name = lastName(inner?.callee ?? spell(argument));
  if (/^(?:Column|mapped_column)$/.test(name) && inner !== null) {
    readColumnArguments({ call: inner, field, hasMappedType: field.type !== "" });
  } else if (name === "ForeignKey") {
    const target = inner?.positional[0];
    const references = readString(target) ?? (target === undefined ? null : spell(target));
    if (references !== null) field.references = references;
  } else if (
    !/^(?:Identity|Computed|Sequence|CheckConstraint|FetchedValue)$/.test(name) &&
    readString(argument) === null
  ) {
    // The database type is more precise than Python's: "String(200)" instead of "str".
    field.type = spell(argument);
    if (name === "ARRAY") field.isList = true;
  }
}

/** `Enum("a", "b", name="state")` in a column is an enum, with its own name or else named by entity and field. */
export function readColumnEnum({
  assignment,
  owner,
  path,
}: {
  assignment: PythonAssignment;
  owner: string;
  path: FilePath;
}): CodeEnum | null {
  const column = readCall(assignment.value);
  const call = [...(column?.positional ?? []), ...(column?.keywords.values() ?? [])]
    .map(readCall)
    .find((argument) => argument !== null && /^(?:Enum|ENUM)$/.test(lastName(argument.callee)));
  const values = call?.positional.flatMap((value) => readString(value) ?? []) ?? [];
  if (values.length === 0) return null;
  const name = readString(call?.keywords.get("name")) ?? `${owner}.${assignment.name}`;
  return { name, values, path, line: assignment.line };
}

/** Composite keys and indexes: those in `__table_args__`, and several fields with `primary_key`. */
export function readKeys({
  assignments,
  fields,
}: {
  assignments: readonly PythonAssignment[];
  fields: readonly CodeField[];
}): CodeKey[] {
  const args = assignments.find(({ name }) => name === "__table_args__")?.value;
  const named = args?.type === "tuple" ? args.namedChildren : args === null || args === undefined ? [] : [args];
  return completeKeys({ keys: named.flatMap((node) => readConstraint(node) ?? []), fields });
}

/** Marks the single fields of keys; adds the primary key if it has several fields. */
export function completeKeys({ keys, fields }: { keys: readonly CodeKey[]; fields: readonly CodeField[] }): CodeKey[] {
  for (const { kind, fields: names } of keys)
    for (const field of fields) {
      if (kind === "primary" && names.includes(field.name)) field.isPrimaryKey = true;
      if (kind === "unique" && names.length === 1 && names[0] === field.name) field.isUnique = true;
    }
  const primary = fields.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ name }) => name);
  const others = keys.filter(({ kind, fields: names }) => kind === "index" || (kind === "unique" && names.length > 1));
  return primary.length > 1 ? [{ kind: "primary", fields: primary }, ...others] : others;
}

/** `UniqueConstraint("a", "b")`, `PrimaryKeyConstraint(…)`, `Index("name", "a", "b", unique=True)`. */
export function readConstraint(node: Node): CodeKey | null {
  const call = readCall(node);
  const kind = lastName(call?.callee ?? "");
  const names = call?.positional.flatMap((argument) => readString(argument) ?? readIdentifier(argument) ?? []) ?? [];
  if (kind === "UniqueConstraint") return toKey({ kind: "unique", fields: names });
  if (kind === "PrimaryKeyConstraint") return toKey({ kind: "primary", fields: names });
  if (kind !== "Index") return null;
  const isUnique = call?.keywords.get("unique")?.text === "True";
  return toKey({ kind: isUnique ? "unique" : "index", fields: names.slice(1) });
}

function toKey(key: CodeKey): CodeKey | null {
  return key.fields.length === 0 ? null : key;
}

function readIdentifier(node: Node): string | null {
  return node.type === "identifier" ? node.text : null;
}
