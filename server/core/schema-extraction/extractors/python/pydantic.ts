import type { Node } from "web-tree-sitter";
import type { CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { isLibraryBase } from "#server/core/schema-extraction/assembly/library-bases.ts";
import { pythonExtractor, readPythonModels, type PythonModel } from "./python-extractor.ts";
import {
  lastName,
  listAssignments,
  readCall,
  readString,
  type PythonAssignment,
  type PythonCall,
  type PythonClass,
} from "./python-syntax.ts";
import { spell } from "../spell-node.ts";
import { readColumnArguments, readKeys } from "./sqlalchemy-columns.ts";
import { readRelationship } from "./sqlalchemy-relationships.ts";

/** Bases of annotated classes that are not models. */
const otherBases: ReadonlySet<string> = new Set([
  "DeclarativeBase",
  "TypedDict",
  "NamedTuple",
  "Protocol",
  "Enum",
  "StrEnum",
  "IntEnum",
  "Exception",
  "ABC",
]);

/** Pydantic models, and SQLModel's: those with `table=True` are tables, and their relationships are read too. */
export const pydanticExtractor = pythonExtractor({
  name: "pydantic",
  read: ({ root, path }) => readPythonModels({ root, readModel: (source) => readModel({ source, path }) }),
});

function readModel({ source, path }: { source: PythonClass; path: FilePath }): PythonModel | null {
  const { name, line, bases } = source;
  if (bases.length === 0 || bases.some((base) => otherBases.has(lastName(base)))) return null;
  const assignments = listAssignments(source.body.namedChildren);
  if (assignments.some(isMappedAttribute)) return null;
  const fields = assignments.flatMap((assignment) => readField({ assignment, path }) ?? []);
  const isModel = bases.some((base) => isLibraryBase({ family: "pydantic", name: lastName(base) }));
  const isBehaviour =
    fields.length === 0 &&
    source.body.namedChildren.some((child) => /^(?:function|decorated)_definition$/.test(child.type));
  if (!isModel && isBehaviour) return null;
  const isTable = source.keywords.get("table")?.text === "True";
  const entity: EntityFact = {
    name,
    origin: isTable ? "sqlalchemy" : "pydantic",
    fields,
    bases: bases.map((base) => ({ name: base })),
    family: "pydantic",
    declaredAs: isTable ? "entity" : "subclass",
    path,
    line,
  };
  // Without __tablename__, SQLModel uses the class name in lower case.
  if (isTable)
    entity.tableName =
      readString(assignments.find((assignment) => assignment.name === "__tablename__")?.value) ?? name.toLowerCase();
  const keys = isTable ? readKeys({ assignments, fields }) : [];
  if (keys.length > 0) entity.keys = keys;
  const relations = assignments.flatMap((assignment) => readRelationship({ assignment, source, path }) ?? []);
  return { source, entity, relations };
}

function isMappedAttribute({ annotation, value }: PythonAssignment): boolean {
  const callee = lastName(readCall(value)?.callee ?? "");
  return (
    /^(?:Column|mapped_column|relationship)$/.test(callee) ||
    (annotation !== null && /^(?:\w+\.)*(?:Mapped|WriteOnlyMapped|DynamicMapped)\[/.test(annotation.text))
  );
}

function readField({ assignment, path }: { assignment: PythonAssignment; path: FilePath }): CodeField | null {
  const { name, annotation, value, line } = assignment;
  if (annotation === null || name.startsWith("_") || name === "model_config") return null;
  const call = readCall(value);
  const callee = lastName(call?.callee ?? "");
  const spelled = spell(annotation);
  if (/^(?:typing\.)?ClassVar\b/.test(spelled) || callee === "Relationship") return null;
  const type = unwrap(spelled);
  const field: CodeField = {
    name,
    type: type.inner,
    isOptional: type.isOptional,
    isList: type.isList,
    isPrimaryKey: false,
    isUnique: false,
    path,
    line,
  };
  if (call !== null && callee === "Field") readFieldCall({ field, call });
  else if (value !== null && value.type !== "ellipsis") setDefault({ field, value });
  return field;
}

/** `Optional[X]` and `X | None` are an optional X; `Annotated[X, …]` is X. */
function unwrap(spelled: string): { inner: string; isOptional: boolean; isList: boolean } {
  const unquoted = spelled.replace(/^(["'])(.*)\1$/, "$2");
  const annotated = /^(?:typing\.)?Annotated\[(.*)\]$/.exec(unquoted)?.[1];
  const inner = annotated === undefined ? unquoted : takeFirstArgument(annotated);
  const optional = /^(?:typing\.)?Optional\[(.*)\]$/.exec(inner)?.[1];
  const withoutNone = inner.replace(/\s*\|\s*None\b/, "").replace(/^None\s*\|\s*/, "");
  const isOptional = optional !== undefined || withoutNone !== inner;
  const type = optional ?? withoutNone;
  return {
    inner: type,
    isOptional,
    isList: /^(?:typing\.)?(?:list|List|set|Set|frozenset|tuple|Tuple|Sequence|conlist)\b/.test(type),
  };
}

/** The text before the first comma outside brackets. */
function takeFirstArgument(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "[" || character === "(") depth += 1;
    if (character === "]" || character === ")") depth -= 1;
    if (character === "," && depth === 0) return text.slice(0, index);
  }
  return text;
}

function readFieldCall({ field, call }: { field: CodeField; call: PythonCall }): void {
  const value = call.keywords.get("default") ?? call.positional[0];
  const factory = call.keywords.get("default_factory");
  if (value !== undefined && value.type !== "ellipsis") setDefault({ field, value });
  if (factory !== undefined) field.defaultValue = `${spell(factory)}()`;
  field.isPrimaryKey = call.keywords.get("primary_key")?.text === "True";
  field.isUnique = call.keywords.get("unique")?.text === "True";
  const references = readString(call.keywords.get("foreign_key"));
  if (references !== null) field.references = references;
  if (call.keywords.get("nullable") !== undefined) field.isOptional = call.keywords.get("nullable")?.text === "True";
  const column = readCall(call.keywords.get("sa_column") ?? null);
  if (column !== null) readColumnArguments({ call: column, field, hasMappedType: true });
}

function setDefault({ field, value }: { field: CodeField; value: Node }): void {
  if (value.type === "none") field.isOptional = true;
  else field.defaultValue = spell(value);
}
