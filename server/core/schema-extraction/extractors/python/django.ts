import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact, RelationFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { pythonExtractor, readPythonModels, type PythonModel } from "./python-extractor.ts";
import {
  lastName,
  listAssignments,
  listClasses,
  readCall,
  readString,
  type PythonAssignment,
  type PythonCall,
  type PythonClass,
} from "./python-syntax.ts";
import { spell } from "../spell-node.ts";

const relationFields =
  /^(?:ForeignKey|OneToOneField|ManyToManyField|ParentalKey|ParentalManyToManyField|TreeForeignKey)$/;
const otherBase =
  /(?:Form|Serializer|Filter|FilterSet|Schema|Factory|(?:List|Detail|Create|Update|Delete|Template|Form|API)View|Test|TestCase|Block|Index)$/;
/** Wagtail pages with a form. */
const modelOfForm = /(?:^|\.)Abstract(?:Email)?Form$/;
const fieldName = /(?:Field|ForeignKey|ParentalKey)$/;

/** Django models: fields, relations, choices, keys and table names of `Meta`. Abstract models pass their fields on. */
export const djangoExtractor = pythonExtractor({
  name: "django",
  isWanted: ({ path, text }) =>
    /models\b|Field\(/.test(text) && /django|wagtail|abstract_models/.test(text) && !/(?:^|\/)migrations\//.test(path),
  read: ({ root, path }) => readPythonModels({ root, readModel: (source) => readModel({ source, path }) }),
});

function readModel({ source, path }: { source: PythonClass; path: FilePath }): PythonModel | null {
  if (source.bases.some((base) => otherBase.test(base) && !modelOfForm.test(base))) return null;
  const assignments = listAssignments(source.body.namedChildren);
  const declared = assignments.flatMap((assignment) => {
    const call = readCall(assignment.value);
    return call !== null && isModelField(call) ? [{ assignment, call }] : [];
  });
  const meta = listAssignments(listClasses(source.body).find(({ name }) => name === "Meta")?.body.namedChildren ?? []);
  // Flask-SQLAlchemy's tables have a base with that name as well.
  if (source.bases.some((base) => /^\w+\.Model$/.test(base) && base !== "models.Model")) return null;
  const isModel = source.bases.some((base) => /^(?:\w+\.)*models\.Model$|^Model$/.test(base));
  if (source.bases.length === 0 || (declared.length === 0 && !isModel && !isDerived({ source, path }))) return null;
  const valueOf = (name: string) => meta.find((each) => each.name === name)?.value ?? null;
  const fields = declared.flatMap(({ assignment, call }) => readField({ assignment, call, path }) ?? []);
  // A proxy has no table of its own.
  const isAbstract = valueOf("abstract")?.text === "True" || valueOf("proxy")?.text === "True";
  const isPlainMixin = !isModel && source.name.endsWith("Mixin") && declared.length === 0;
  if (isPlainMixin) return null;
  const entity: EntityFact = {
    name: source.name,
    origin: "django",
    fields,
    bases: source.bases.map((name) => ({ name })),
    family: "django",
    declaredAs: isAbstract ? "abstract" : "subclass",
    path,
    line: source.line,
  };
  const tableName = readString(valueOf("db_table"));
  if (tableName !== null) entity.tableName = tableName;
  const keys = readMetaKeys({
    unique: valueOf("unique_together"),
    indexes: [valueOf("indexes"), valueOf("constraints")],
  });
  if (keys.length > 0) entity.keys = keys;
  const relations = declared.flatMap((each) => readRelation({ ...each, source, path }) ?? []);
  const enums = declared.flatMap(({ assignment, call }) => readChoices({ assignment, call, source, path }) ?? []);
  return { source, entity, relations, enums };
}

/**
 * `class Author(AbstractAuthor): pass` and proxies have a base that may be a model; among models any base may be one.
 */
function isDerived({ source: { bases }, path }: { source: PythonClass; path: FilePath }): boolean {
  if (/(?:^|\/)models(?:\.py|\/)/.test(path)) return true;
  return bases.some((base) => /^(?:Abstract|Base)[A-Z]|(?:Model|Base|User|Page|Mixin)$/.test(lastName(base)));
}

function isModelField({ callee }: PythonCall): boolean {
  return (
    fieldName.test(lastName(callee)) &&
    !/^(?:forms|serializers|filters|django_filters|graphene|ma|wtforms)\./.test(callee)
  );
}

/** Null for a relation without a column, such as many-to-many. */
function readField({
  assignment: { name, line },
  call,
  path,
}: {
  assignment: PythonAssignment;
  call: PythonCall;
  path: FilePath;
}): CodeField | null {
  const type = lastName(call.callee);
  if (/ManyToMany|^Generic(?:ForeignKey|Relation)|ParentalManyToMany/.test(type)) return null;
  const isTrue = (keyword: string) => call.keywords.get(keyword)?.text === "True";
  const length = call.keywords.get("max_length");
  const digits = call.keywords.get("max_digits");
  const field: CodeField = {
    name,
    type:
      length !== undefined
        ? `${type}(${spell(length)})`
        : digits !== undefined
          ? `${type}(${spell(digits)}, ${call.keywords.get("decimal_places")?.text ?? ""})`
          : type,
    isOptional: isTrue("null"),
    isList: type === "ArrayField",
    isPrimaryKey: isTrue("primary_key"),
    isUnique: isTrue("unique") || type === "OneToOneField",
    path,
    line,
  };
  const defaultNode = call.keywords.get("default");
  if (defaultNode !== undefined) field.defaultValue = readString(defaultNode) ?? spell(defaultNode);
  const target = relationFields.test(type) ? readTarget(call) : null;
  if (target !== null) field.references = target;
  return field;
}

/** `ForeignKey("shop.Order")`, `ForeignKey(Order)`, `ForeignKey(to=settings.AUTH_USER_MODEL)`. */
function readTarget(call: PythonCall): string | null {
  const node = call.positional[0] ?? call.keywords.get("to");
  if (node === undefined) return null;
  const name = readString(node) ?? spell(node);
  return name.endsWith("AUTH_USER_MODEL") ? "User" : lastName(name);
}

function readRelation({
  assignment: { name, line },
  call,
  source,
  path,
}: {
  assignment: PythonAssignment;
  call: PythonCall;
  source: PythonClass;
  path: FilePath;
}): RelationFact | null {
  const type = lastName(call.callee);
  const target = relationFields.test(type) ? readTarget(call) : null;
  if (target === null) return null;
  return {
    fromEntity: source.name,
    fieldName: name,
    toEntity: target === "self" ? source.name : target,
    cardinality: /ManyToMany/.test(type) ? "many" : "one",
    path,
    line,
  };
}

/** `choices=[("a", "A"), …]` in the field itself. */
function readChoices({
  assignment: { name, line },
  call,
  source,
  path,
}: {
  assignment: PythonAssignment;
  call: PythonCall;
  source: PythonClass;
  path: FilePath;
}): CodeEnum | null {
  const named = call.keywords.get("choices");
  const list =
    named?.type === "identifier"
      ? listAssignments(source.body.namedChildren).find((each) => each.name === named.text)?.value
      : named;
  const values = (list?.namedChildren ?? []).flatMap((choice) => readString(choice.namedChildren[0]) ?? []);
  return values.length === 0 ? null : { name: `${source.name}.${name}`, values, path, line };
}

function readMetaKeys({ unique, indexes }: { unique: Node | null; indexes: readonly (Node | null)[] }): CodeKey[] {
  const strings = (node: Node | null | undefined) =>
    (node?.namedChildren ?? []).flatMap((each) => readString(each) ?? []);
  const groups = (unique?.namedChildren ?? []).filter(({ type }) => /^(?:tuple|list)$/.test(type));
  const together = groups.length > 0 ? groups.map(strings) : [strings(unique)];
  const named = indexes.flatMap((node) =>
    (node?.namedChildren ?? []).flatMap((child): CodeKey[] => {
      const call = readCall(child);
      const kind = call !== null && call.callee.endsWith("UniqueConstraint") ? "unique" : "index";
      if (call === null || !/(?:UniqueConstraint|Index)$/.test(call.callee)) return [];
      return [{ kind, fields: strings(call.keywords.get("fields")).map((name) => name.replace(/^-/, "")) }];
    }),
  );
  return [...together.map((fields): CodeKey => ({ kind: "unique", fields })), ...named].filter(
    ({ fields }) => fields.length > 0,
  );
}
