import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { pythonExtractor } from "./python-extractor.ts";
import {
  lastName,
  listAssignments,
  listBaseImports,
  listClasses,
  listModuleStatements,
  readCall,
  readDefinition,
  readString,
  type PythonAssignment,
  type PythonClass,
} from "./python-syntax.ts";
import { lineOf, spell } from "../spell-node.ts";
import {
  completeKeys,
  emptyField,
  readColumn,
  readColumnArguments,
  readColumnEnum,
  readConstraint,
  readKeys,
} from "./sqlalchemy-columns.ts";
import { readRelationship } from "./sqlalchemy-relationships.ts";

const enumBases: ReadonlySet<string> = new Set([
  "Enum",
  "StrEnum",
  "IntEnum",
  "Flag",
  "IntFlag",
  "TextChoices",
  "IntegerChoices",
]);

/**
 * Mapped classes with Column and with mapped_column, their relationships, `Table(…)` constants, and Python enum
 * classes. A class without `__tablename__` is a table if one of its bases is mapped, else a mixin.
 */
export const sqlalchemyExtractor = pythonExtractor({
  name: "sqlalchemy",
  read({ root, path }) {
    const classes = listClasses(root);
    const mapped = classes.flatMap((source) => readMappedClass({ source, path }) ?? []);
    const constants = listAssignments(listModuleStatements(root));
    return {
      entities: [
        ...mapped.map(({ entity }) => entity),
        ...constants.flatMap((assignment) => readTable({ assignment, path }) ?? []),
        ...constants.flatMap((assignment) => readBaseConstant({ assignment, path }) ?? []),
      ],
      relations: mapped.flatMap(({ relations }) => relations),
      enums: [
        ...classes
          .flatMap((source) => [source, ...listClasses(source.body)])
          .flatMap((source) => readEnum({ source, path }) ?? []),
        ...mapped.flatMap(({ enums }) => enums),
      ],
      imports: mapped.length === 0 ? [] : listBaseImports({ root, classes: mapped.map(({ source }) => source) }),
    };
  },
});

type MappedClass = { source: PythonClass; entity: EntityFact; relations: RelationFact[]; enums: CodeEnum[] };

function readMappedClass({ source, path }: { source: PythonClass; path: FilePath }): MappedClass | null {
  const assignments = [...listAssignments(source.body.namedChildren), ...listDeclaredAttributes(source.body)];
  if (isSqlModel({ source, assignments })) return null;
  const valueOf = (name: string) => assignments.find((assignment) => assignment.name === name)?.value ?? null;
  const tableName = readString(valueOf("__tablename__"));
  const fields: CodeField[] = [];
  const relations: RelationFact[] = [];
  for (const assignment of assignments) {
    const relation = readRelationship({ assignment, source, path });
    const field = relation === null ? readColumn({ assignment, path }) : null;
    if (relation !== null) relations.push(relation);
    if (field !== null) fields.push(field);
  }
  const declaredAs = readDeclaredAs({ source, isAbstract: valueOf("__abstract__")?.text === "True", tableName });
  const isMapped =
    tableName !== null ||
    declaredAs === "abstract" ||
    fields.length + relations.length > 0 ||
    valueOf("__mapper_args__") !== null;
  if (!isMapped) return null;
  const entity: EntityFact = {
    name: source.name,
    origin: "sqlalchemy",
    fields,
    bases: source.bases.map((name) => ({ name })),
    family: "sqlalchemy",
    declaredAs,
    path,
    line: source.line,
  };
  const usedName = tableName ?? (declaredAs === "subclass" ? chooseTableName(source) : null);
  if (usedName !== null) entity.tableName = usedName;
  const keys = readKeys({ assignments, fields });
  if (keys.length > 0) entity.keys = keys;
  const enums = assignments.flatMap((assignment) => readColumnEnum({ assignment, owner: source.name, path }) ?? []);
  return { source, entity, relations, enums };
}

/** Flask-SQLAlchemy derives the table name of `class BlogPost(db.Model)`: blog_post. */
function chooseTableName({ name, bases }: PythonClass): string | null {
  if (!bases.some((base) => /^\w+\.Model$/.test(base))) return null;
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** The Pydantic extractor reads SQLModel's classes, including tables. */
function isSqlModel({
  source,
  assignments,
}: {
  source: PythonClass;
  assignments: readonly PythonAssignment[];
}): boolean {
  return (
    source.keywords.has("table") ||
    source.bases.some((base) => lastName(base) === "SQLModel") ||
    assignments.some(({ value }) => readCall(value)?.callee.split(".").at(-1) === "Relationship")
  );
}

function readDeclaredAs({
  source,
  isAbstract,
  tableName,
}: {
  source: PythonClass;
  isAbstract: boolean;
  tableName: string | null;
}): EntityFact["declaredAs"] {
  const isRoot = source.bases.some((base) => /^DeclarativeBase\w*$/.test(lastName(base)));
  if (isAbstract || (isRoot && tableName === null)) return "abstract";
  return tableName === null ? "subclass" : "entity";
}

/** `@declared_attr def owner_id(cls): return mapped_column(…)` declares its return value. */
function listDeclaredAttributes(body: Node): PythonAssignment[] {
  return body.namedChildren.flatMap((statement): PythonAssignment[] => {
    const { definition, decorators } = readDefinition(statement);
    const name = definition.childForFieldName("name")?.text;
    const isDeclared = decorators.some(({ text }) => /^@(?:\w+\.)*declared_attr\b/.test(text));
    if (!isDeclared || definition.type !== "function_definition" || name === undefined) return [];
    const returned = definition
      .childForFieldName("body")
      ?.namedChildren.find((child) => child.type === "return_statement")?.firstNamedChild;
    const annotation = definition.childForFieldName("return_type");
    return [{ name, line: lineOf(statement), annotation, value: returned ?? null }];
  });
}

/** Subclasses of `Base = declarative_base()` are tables. */
function readBaseConstant({ assignment, path }: { assignment: PythonAssignment; path: FilePath }): EntityFact | null {
  const callee = lastName(readCall(assignment.value)?.callee ?? "");
  if (!/^(?:declarative_base|automap_base|generate_base)$/.test(callee)) return null;
  const { name, line } = assignment;
  return {
    name,
    origin: "sqlalchemy",
    fields: [],
    bases: [],
    family: "sqlalchemy",
    declaredAs: "abstract",
    path,
    line,
  };
}

/** `post_tags = Table("post_tags", metadata, Column("post_id", …))`: a column's name is its first argument. */
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
  const keys = completeKeys({ keys: call.positional.flatMap((argument) => readConstraint(argument) ?? []), fields });
  return {
    name: assignment.name,
    origin: "sqlalchemy",
    tableName,
    fields,
    ...(keys.length === 0 ? {} : { keys }),
    bases: [],
    family: "sqlalchemy",
    declaredAs: "entity",
    path,
    line: assignment.line,
  };
}

function readEnum({ source, path }: { source: PythonClass; path: FilePath }): CodeEnum | null {
  if (!source.bases.some((base) => enumBases.has(lastName(base)))) return null;
  const members = listAssignments(source.body.namedChildren).filter(
    ({ name, value }) => !name.startsWith("_") && value !== null,
  );
  const values = members.map(
    ({ name, value }) =>
      readString(value) ??
      // Django's choices are pairs of value and label.
      readString(/^(?:tuple|expression_list)$/.test(value?.type ?? "") ? value?.namedChildren[0] : null) ??
      (value === null || /^(?:(?:enum\.)?auto\(\)|\(.*)$/s.test(value.text) ? name : spell(value)),
  );
  return { name: source.name, values, path, line: source.line };
}
