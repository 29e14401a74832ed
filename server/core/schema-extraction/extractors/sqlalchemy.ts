import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import {
  isPythonPath,
  lastName,
  listAssignments,
  listClasses,
  listModuleStatements,
  readCall,
  readString,
  type PythonAssignment,
  type PythonCall,
  type PythonClass,
} from "./python-syntax.ts";
import { lineOf, spell } from "./spell-node.ts";

const enumBases: ReadonlySet<string> = new Set([
  "Enum",
  "StrEnum",
  "IntEnum",
  "Flag",
  "IntFlag",
  "TextChoices",
  "IntegerChoices",
]);

const emptyField = { type: "", isOptional: false, isList: false, isPrimaryKey: false, isUnique: false };

/**
 * Mapped classes with Column and with mapped_column, their relationships, `Table(…)` constants, and Python's enum
 * classes.
 */
export const sqlalchemyExtractor: FactExtractor = {
  name: "sqlalchemy",
  handles: isPythonPath,
  extract({ path, text, parser }) {
    return parser.withTree({ language: "python", text }, (root) => {
      const classes = listClasses(root);
      const mapped = classes.flatMap((source) => readMappedClass({ source, path }) ?? []);
      return {
        entities: [
          ...mapped.map(({ entity }) => entity),
          ...listAssignments(listModuleStatements(root)).flatMap((assignment) => readTable({ assignment, path }) ?? []),
        ],
        relations: mapped.flatMap(({ relations }) => relations),
        enums: classes.flatMap((source) => readEnum({ source, path }) ?? []),
      };
    });
  },
};

function readMappedClass({
  source,
  path,
}: {
  source: PythonClass;
  path: FilePath;
}): { entity: EntityFact; relations: RelationFact[] } | null {
  const assignments = listAssignments(source.body.namedChildren);
  const tableName = readString(assignments.find(({ name }) => name === "__tablename__")?.value);
  const fields: CodeField[] = [];
  const relations: RelationFact[] = [];
  for (const assignment of assignments) {
    const relation = readRelationship({ assignment, source, path });
    const field = relation === null ? readColumn({ assignment, path, isMapped: tableName !== null }) : null;
    if (relation !== null) relations.push(relation);
    if (field !== null) fields.push(field);
  }
  if (tableName === null && fields.length === 0 && relations.length === 0) return null;
  const entity: EntityFact = {
    name: source.name,
    origin: "sqlalchemy",
    fields,
    bases: source.bases,
    isCertain: true,
    path,
    line: source.line,
  };
  if (tableName !== null) entity.tableName = tableName;
  return { entity, relations };
}

/** `post_tags = Table("post_tags", metadata, Column("post_id", …))`: a column is named by its first argument. */
function readTable({ assignment, path }: { assignment: PythonAssignment; path: FilePath }): EntityFact | null {
  const call = readCall(assignment.value);
  const tableName = readString(call?.positional[0]);
  if (call === null || lastName(call.callee) !== "Table" || tableName === null) return null;
  const fields = call.positional.flatMap((argument): CodeField[] => {
    const column = readCall(argument);
    const name = readString(column?.positional[0]);
    if (column === null || name === null || lastName(column.callee) !== "Column") return [];
    const field: CodeField = { ...emptyField, name, path, line: lineOf(argument) };
    readColumnArguments({ call: column, field, hasMappedType: false });
    return [field];
  });
  return {
    name: assignment.name,
    origin: "sqlalchemy",
    tableName,
    fields,
    bases: [],
    isCertain: true,
    path,
    line: assignment.line,
  };
}

/** `Mapped[list["Task"]]` has the type `list["Task"]`; null where the annotation is no Mapped. */
function readMappedType(annotation: Node | null): string | null {
  const match = annotation === null ? null : /^(?:\w+\.)*Mapped\[(.*)\]$/.exec(spell(annotation));
  return match?.[1] ?? null;
}

function readRelationship({
  assignment,
  source,
  path,
}: {
  assignment: PythonAssignment;
  source: PythonClass;
  path: FilePath;
}): RelationFact | null {
  const call = readCall(assignment.value);
  if (call === null || !/^(?:relationship|dynamic_loader|Relationship)$/.test(lastName(call.callee))) return null;
  const mappedType =
    readMappedType(assignment.annotation) ?? (assignment.annotation === null ? "" : spell(assignment.annotation));
  const target = readTarget({ call, mappedType });
  if (target === null) return null;
  const isScalar = call.keywords.get("uselist")?.text === "False";
  const isList = /^(?:\w+\.)*(?:list|List|set|Set|Sequence|DynamicMapped|WriteOnlyMapped)\[/.test(mappedType);
  const cardinality = isScalar ? "one" : isList ? "many" : mappedType !== "" ? "one" : "unknown";
  return {
    fromEntity: source.name,
    fieldName: assignment.name,
    toEntity: target,
    cardinality,
    path,
    line: assignment.line,
  };
}

function readTarget({ call, mappedType }: { call: PythonCall; mappedType: string }): string | null {
  const [first] = call.positional;
  const named =
    readString(first) ??
    (first !== undefined && /^[\w.]+$/.test(first.text) ? first.text : null) ??
    readString(call.keywords.get("argument"));
  if (named !== null) return lastName(named);
  const names = mappedType.match(/[A-Za-z_]\w*/g) ?? [];
  return names.find((name) => !/^(?:list|List|set|Set|Sequence|Optional|Union|None|typing|Mapped)$/.test(name)) ?? null;
}

function readColumn({
  assignment,
  path,
  isMapped,
}: {
  assignment: PythonAssignment;
  path: FilePath;
  isMapped: boolean;
}): CodeField | null {
  if (assignment.name.startsWith("__")) return null;
  const call = readCall(assignment.value);
  const mappedType = readMappedType(assignment.annotation);
  const isColumn = call !== null && /^(?:Column|mapped_column)$/.test(lastName(call.callee));
  // "name: Mapped[str]" alone is a column; so is a Column only within a class, which listClasses has made sure of.
  if (!isColumn && !(isMapped && mappedType !== null && assignment.value === null)) return null;
  const field = readMappedField({ assignment, mappedType, path });
  if (call !== null) readColumnArguments({ call, field, hasMappedType: mappedType !== null });
  return field;
}

function readMappedField({
  assignment,
  mappedType,
  path,
}: {
  assignment: PythonAssignment;
  mappedType: string | null;
  path: FilePath;
}): CodeField {
  const type = mappedType ?? "";
  return {
    ...emptyField,
    name: assignment.name,
    type: type
      .replace(/^Optional\[(.*)\]$/, "$1")
      .replace(/\s*\|\s*None$/, "")
      .replace(/^None\s*\|\s*/, ""),
    isOptional: type.startsWith("Optional[") || /(?:^None\s*\||\|\s*None$)/.test(type),
    isList: /^(?:Optional\[)?(?:list|List|set|Set)\[/.test(type),
    path,
    line: assignment.line,
  };
}

function readColumnArguments({
  call,
  field,
  hasMappedType,
}: {
  call: PythonCall;
  field: CodeField;
  hasMappedType: boolean;
}): void {
  for (const argument of call.positional) {
    const inner = readCall(argument);
    const name = lastName(inner?.callee ?? spell(argument));
    if (name === "ForeignKey") {
      const target = inner?.positional[0];
      const references = readString(target) ?? (target === undefined ? null : spell(target));
      if (references !== null) field.references = references;
    } else if (/^(?:Identity|Computed|Sequence|CheckConstraint|FetchedValue)$/.test(name)) {
      continue;
    } else if (readString(argument) === null) {
      // The database's type says more than Python's: "String(200)" than "str".
      field.type = spell(argument);
      if (name === "ARRAY") field.isList = true;
    }
  }
  const isTrue = (keyword: string) => call.keywords.get(keyword)?.text === "True";
  const typeKeyword = call.keywords.get("type_");
  if (typeKeyword !== undefined) field.type = spell(typeKeyword);
  field.isPrimaryKey = isTrue("primary_key");
  field.isUnique = isTrue("unique");
  if (call.keywords.has("nullable")) field.isOptional = isTrue("nullable");
  // A Column is nullable unless it says otherwise; a Mapped annotation says.
  else if (!hasMappedType) field.isOptional = !field.isPrimaryKey;
  const defaultNode =
    call.keywords.get("default") ??
    call.keywords.get("server_default") ??
    call.keywords.get("default_factory") ??
    call.keywords.get("insert_default");
  if (defaultNode !== undefined) field.defaultValue = spell(defaultNode);
}

function readEnum({ source, path }: { source: PythonClass; path: FilePath }): CodeEnum | null {
  if (!source.bases.some((base) => enumBases.has(base))) return null;
  const members = listAssignments(source.body.namedChildren).filter(
    ({ name, value }) => !name.startsWith("_") && value !== null,
  );
  const values = members.map(
    ({ name, value }) =>
      readString(value) ?? (value === null || /^(?:(?:enum\.)?auto\(\)|\(.*)$/s.test(value.text) ? name : spell(value)),
  );
  return { name: source.name, values, path, line: source.line };
}
