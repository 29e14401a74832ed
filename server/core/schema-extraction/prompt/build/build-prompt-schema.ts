import type { CodeEntity, CodeEnum, CodeField, CodeRelation, CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { pluralizeNoun } from "#server/core/schema-extraction/inflect-noun.ts";
import {
  addUsualFields,
  collectEntities,
  type BelongsToEdge,
  type DraftEntity,
  type SharedEdge,
} from "./draft-entities.ts";
import { toPascalCase, toSnakeCase } from "../name-case.ts";
import type { PromptStatement } from "../prompt-statement.ts";
import type { FieldPhrase } from "../read-field-phrase.ts";
import { resolvePromptRelations } from "./resolve-prompt-relations.ts";
import { findUsualValues } from "./usual-choices.ts";

const promptPath = "prompt" as FilePath;

/** Names that generated code needs: classes with these names would shadow the language's own. */
const reservedEntityNames: ReadonlySet<string> = new Set(
  (
    "Any Array Base BaseModel Boolean Date Enum Error False Function List Map Model None Number Object Promise Record Set String " +
    "Symbol True Type"
  ).split(" "),
);

/** Builds the schema that the statements describe, in the normal form of `extractSchemaFromPrompt`. */
export function buildPromptSchema(statements: readonly PromptStatement[]): CodeSchema {
  const drafts = collectEntities(statements);
  const { edges, shared } = resolvePromptRelations({ statements, drafts });
  for (const draft of drafts.values()) addUsualFields(draft);

  const enums: CodeEnum[] = [];
  const entities = [...drafts.values()].map((draft) => buildEntity({ draft, enums }));
  const relations = buildRelations({ entities, edges, shared });
  return { entities, relations, enums, routes: [], exports: [] };
}

function buildEntity({ draft, enums }: { draft: DraftEntity; enums: CodeEnum[] }): CodeEntity {
  const name = toEntityName(draft.name);
  const fields: CodeField[] = [];
  for (const part of draft.parts) {
    const names = fields.map((field) => field.name);
    if (part.kind === "reference") fields.push(buildReference({ edge: part.edge, names }));
    else if (!names.includes(part.field.name))
      fields.push(buildField({ entityName: name, field: part.field, line: part.line, enums }));
  }
  return {
    name,
    origin: "prompt",
    kind: "table",
    tableName: pluralizeNoun(toSnakeCase(name)),
    fields,
    path: promptPath,
    line: draft.line,
  };
}

function toEntityName(name: string): string {
  return reservedEntityNames.has(name) ? `${name}Item` : name;
}

function buildReference({ edge, names }: { edge: BelongsToEdge; names: readonly string[] }): CodeField {
  return {
    name: makeUnique({ name: `${edge.role}_id`, taken: names }),
    type: "integer",
    isOptional: edge.isOptional,
    isList: false,
    isPrimaryKey: false,
    isUnique: edge.isUnique,
    references: toEntityName(edge.to),
    path: promptPath,
    line: edge.line,
  };
}

function buildField({
  entityName,
  field,
  line,
  enums,
}: {
  entityName: string;
  field: FieldPhrase;
  line: number;
  enums: CodeEnum[];
}): CodeField {
  const enumeration = field.isTypeStated && !field.isEnum ? null : chooseValues({ entityName, field });
  const defaultValue =
    field.defaultValue === null ? null : enumeration === null ? field.defaultValue : toSnakeCase(field.defaultValue);
  const built: CodeField = {
    name: field.name,
    type: field.type,
    isOptional: field.isOptional || defaultValue === "null" || defaultValue === "none",
    isList: field.isList,
    isPrimaryKey: false,
    isUnique: field.isUnique,
    path: promptPath,
    line,
  };
  if (defaultValue !== null && defaultValue !== "" && defaultValue !== "null" && defaultValue !== "none")
    built.defaultValue = defaultValue;
  if (enumeration === null) return built;
  const values =
    built.defaultValue === undefined ? enumeration.values : [...new Set([...enumeration.values, built.defaultValue])];
  const enumName = makeUnique({ name: entityName + toPascalCase(field.name), taken: enums.map((each) => each.name) });
  enums.push({ name: enumName, values: [...values], path: promptPath, line });
  if (enumeration.isChosen) built.defaultValue ??= values[0];
  return { ...built, type: `enum:${enumName}` };
}

function chooseValues({
  entityName,
  field,
}: {
  entityName: string;
  field: FieldPhrase;
}): { values: readonly string[]; isChosen: boolean } | null {
  if (field.values.length > 1 || (field.values.length === 1 && field.isEnum))
    return { values: field.values, isChosen: false };
  const usual = findUsualValues({ entityName, fieldName: field.name });
  return usual === null ? null : { values: usual, isChosen: true };
}

function buildRelations({
  entities,
  edges,
  shared,
}: {
  entities: readonly CodeEntity[];
  edges: readonly BelongsToEdge[];
  shared: readonly SharedEdge[];
}): CodeRelation[] {
  const taken = new Map(entities.map((entity) => [entity.name, entity.fields.map((field) => field.name)]));
  const relations: CodeRelation[] = [];
  const add = ({
    from,
    to,
    fieldName,
    cardinality,
    line,
  }: {
    from: string;
    to: string;
    fieldName: string;
    cardinality: "one" | "many";
    line: number;
  }) => {
    const fromEntity = toEntityName(from);
    const names = taken.get(fromEntity) ?? [];
    const name = makeUnique({ name: fieldName, taken: names });
    names.push(name);
    relations.push({ fromEntity, fieldName: name, toEntity: toEntityName(to), cardinality, path: promptPath, line });
  };
  for (const { from, to, role, isUnique, line } of edges) {
    add({ from, to, fieldName: role, cardinality: "one", line });
    const noun = toSnakeCase(from);
    const isOneOfSeveral = edges.some((other) => other.from === from && other.to === to && other.role !== role);
    const prefix = from === to && role === "parent" ? "child_" : isOneOfSeveral || from === to ? `${role}_` : "";
    add({
      from: to,
      to: from,
      fieldName: prefix + (isUnique ? noun : pluralizeNoun(noun)),
      cardinality: isUnique ? "one" : "many",
      line,
    });
  }
  for (const { from, to, line } of shared) {
    add({
      from,
      to,
      fieldName: from === to ? `related_${pluralizeNoun(toSnakeCase(to))}` : pluralizeNoun(toSnakeCase(to)),
      cardinality: "many",
      line,
    });
    if (from !== to)
      add({ from: to, to: from, fieldName: pluralizeNoun(toSnakeCase(from)), cardinality: "many", line });
  }
  return relations;
}

function makeUnique({ name, taken }: { name: string; taken: readonly string[] }): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
