import type { Node } from "web-tree-sitter";
import type { CodeField } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import {
  isPythonPath,
  lastName,
  listAssignments,
  listClasses,
  readCall,
  readString,
  type PythonAssignment,
  type PythonCall,
  type PythonClass,
} from "./python-syntax.ts";
import { spell } from "./spell-node.ts";

const modelBases: ReadonlySet<string> = new Set([
  "BaseModel",
  "BaseSettings",
  "RootModel",
  "SQLModel",
  "CamelModel",
  "OrmModel",
]);

/** Bases of annotated classes that are something else. */
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

/** Pydantic models, and SQLModel's: those with `table=True` are tables. */
export const pydanticExtractor: FactExtractor = {
  name: "pydantic",
  handles: isPythonPath,
  extract({ path, text, parser }) {
    return parser.withTree({ language: "python", text }, (root) => ({
      entities: listClasses(root).flatMap((source) => readModel({ source, path }) ?? []),
    }));
  },
};

function readModel({ source, path }: { source: PythonClass; path: FilePath }): EntityFact | null {
  const { name, line, bases } = source;
  if (bases.length === 0 || bases.some((base) => otherBases.has(base))) return null;
  const assignments = listAssignments(source.body.namedChildren);
  if (assignments.some(isMappedAttribute)) return null;
  const fields = assignments.flatMap((assignment) => readField({ assignment, path }) ?? []);
  const isCertain = bases.some((base) => modelBases.has(base));
  const isBehaviour =
    fields.length === 0 &&
    source.body.namedChildren.some((child) => /^(?:function|decorated)_definition$/.test(child.type));
  if (!isCertain && isBehaviour) return null;
  const isTable = source.keywords.get("table")?.text === "True";
  const entity: EntityFact = {
    name,
    origin: isTable ? "sqlalchemy" : "pydantic",
    fields,
    bases,
    isCertain,
    path,
    line,
  };
  // Of a table without __tablename__ the name is SQLModel's choice: the class name in lower case.
  if (isTable)
    entity.tableName =
      readString(assignments.find((assignment) => assignment.name === "__tablename__")?.value) ?? name.toLowerCase();
  return entity;
}

function isMappedAttribute({ annotation, value }: PythonAssignment): boolean {
  const callee = lastName(readCall(value)?.callee ?? "");
  return (
    /^(?:Column|mapped_column|relationship)$/.test(callee) ||
    (annotation !== null && /^(?:\w+\.)*Mapped\[/.test(annotation.text))
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

/** `Optional[X]` and `X | None` are an optional X; `Annotated[X, …]` is an X. */
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

/** The text before the first comma outside of brackets. */
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
}

function setDefault({ field, value }: { field: CodeField; value: Node }): void {
  if (value.type === "none") field.isOptional = true;
  else field.defaultValue = spell(value);
}
